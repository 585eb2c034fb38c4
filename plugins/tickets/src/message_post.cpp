#include "message_post.hpp"

#include "attachment_store.hpp"
#include "conversation_mail.hpp"
#include "draft_store.hpp"
#include "ticket_events.hpp"

namespace tickets {

int64_t post_message(const Call& call, const Ticket& ticket, const NewMessage& message, guichet::Request request) {
    guichet::Tx tx{call.ctx};
    message_adding(call, ticket.id, message, request.extensions());
    const auto id = add_message(call, ticket.id, message);
    const auto files = request.upload(0) ? add_attachments(call, request, ticket.id, id) : std::vector<int64_t>{};
    const auto requester = requester_of(ticket);
    if (message.visibility == "public" && requester) mail_reply(call, ticket, id, *requester, message.body, files);
    if (message.to_user) mail_private_notice(call, ticket, id, *message.to_user);
    remove_draft(call, ticket.id);
    tx.commit();
    return id;
}

}  // namespace tickets
