#include "conversation_mail.hpp"

#include "customer_mail.hpp"
#include "people.hpp"

namespace tickets {

using guichet::Value;

namespace {

void note_mail(const Call& call, int64_t message, std::string_view to, int64_t mail) {
    if (mail > 0) call.ctx.exec("update message set mailed_to = $2, mail_id = $3 where id = $1", message, to, mail);
}

}  // namespace

void mail_reply(const Call& call, const Ticket& ticket, int64_t message, const Requester& to, std::string_view body,
                const std::vector<int64_t>& files) {
    const auto values = call.ctx.object().set("agent", own_name(call)).set("message_markdown", body);
    try {
        note_mail(call, message, to.email, queue_mail(call, ticket, {"reply", to, values, message, files}));
    } catch (const guichet::Error& error) {
        if (!is_address_problem(error)) throw;
        throw guichet::Error{GUICHET_E_INVALID, guichet::fill(call.tr("No mail can be sent to %1."), {to.email}), "visibility"};
    }
}

void mail_private_notice(const Call& call, const Ticket& ticket, int64_t message, int64_t to_user) {
    const auto rows = call.ctx.exec("select email, name from core.user_v1 where id = $1 and active and email <> ''", to_user);
    if (rows.empty() || to_user == call.ctx.user_id()) return;
    const auto values =
        call.ctx.object().set("ref", ticket.row["ref"]).set("actor", own_name(call)).set("url", "/messages/" + std::to_string(message));
    try {
        const auto envelope = call.ctx.object().set("to", rows.text(0, 0)).set("to_name", rows.text(0, 1));
        note_mail(call, message, rows.text(0, 0), call.ctx.send_mail("tickets.private_message", envelope, values));
    } catch (const guichet::Error& error) {
        if (!is_address_problem(error)) throw;
        call.ctx.log(GUICHET_LOG_WARN, "the address of user " + std::to_string(to_user) + " cannot be written to");
    }
}

}  // namespace tickets
