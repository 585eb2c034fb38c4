#include "conversation.hpp"

#include "attachment_page.hpp"
#include "attachment_store.hpp"
#include "canned_page.hpp"
#include "inbox.hpp"
#include "message_store.hpp"
#include "requester.hpp"

#include <algorithm>

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

std::string kind_of(const Call& call, Value m) {
    const auto visibility = m["visibility"].text().value_or("");
    if (visibility == "private") return guichet::fill(call.tr("Private message to %1"), {m["to_name"].text().value_or("–")});
    if (visibility == "team") return std::string{call.tr("Team note")};
    return std::string{call.tr(m["author_id"].is_null() ? "Message from the customer" : "Reply to the customer")};
}

// What became of the mail that the message was sent with.
std::string_view mail_state(const Call& call, Value m) {
    const auto state = m["mail_state"].text().value_or("sent");
    return state == "queued" || state == "held" ? call.tr("The mail to %1 is about to leave")
           : state == "sent"                    ? call.tr("Sent by e-mail to %1")
           : state == "bounced"                 ? call.tr("The mail to %1 came back: it was not delivered")
                                                : call.tr("The mail to %1 could not be sent");
}

Value message_value(const Call& call, Value m, Value files) {
    const bool inside = !m["author_id"].is_null();
    const bool is_public = m["visibility"].text() == "public";
    m.set("side", !is_public ? "note" : inside ? "out" : "in").set("kind", kind_of(call, m));
    m.set("files", files_of(call, files, m["id"].integer()));
    if (const auto to = m["mailed_to"].text()) {
        m.set("mail", guichet::fill(mail_state(call, m), {*to}));
        const auto state = m["mail_state"].text();
        m.set("mail_failed", state == "dead" || state == "refused" || state == "bounced");
    } else if (is_public && inside) {
        m.set("mail", call.tr("Not sent by e-mail"));
    }
    return m;
}

// Newest first. Returns the id of the newest one of all, 0 without any.
int64_t add_messages(const Call& call, Request request, int64_t ticket, Value files, Value& data) {
    const auto cursor = decode(request.query("messages").value_or(""), "messages");
    const auto rows = read_messages(call, ticket, cursor, kShownMessages);
    const auto all = rows.value();
    auto shown = call.ctx.array();
    bool unread = false;
    int64_t newest = 0;  // by id: what was moved here or demonstrated may have been written before
    for (std::size_t i = 0; i < all.size() && i < kShownMessages; ++i) {
        newest = std::max(newest, all[i]["id"].integer().value_or(0));
        shown.push(message_value(call, all[i], files));
        unread |= all[i]["to_user_id"].integer() == call.ctx.user_id() && all[i]["read_at"].is_null();
    }
    guichet::ListColumns{call.ctx, "tickets.messages"}.add_cells(shown);
    if (unread) mark_messages_read(call, ticket);
    data.set("messages", shown);
    if (all.size() > kShownMessages) {
        const auto last = all[static_cast<std::size_t>(kShownMessages - 1)];
        data.set("older",
                 encode({"messages", last["created_at"].time().value_or(guichet::Time{0}).us, last["id"].integer().value_or(0), ""}));
    }
    return cursor || all.size() > kShownMessages ? newest_message(call, ticket) : newest;
}

// Everybody but oneself.
Value recipients(const Call& call) {
    auto out = call.ctx.array();
    const auto users = call.ctx.users();
    for (std::size_t i = 0; i < users.size(); ++i)
        if (const auto id = users[i]["id"].integer(); id != call.ctx.user_id())
            out.push(call.ctx.object().set("value", std::to_string(id.value_or(0))).set("label", users[i]["name"]));
    return out;
}

Value draft_value(const Call& call, const Draft& draft, bool can_reply) {
    auto out = call.ctx.object().set("body", draft.body).set("to_user", draft.to_user).set("by_mail", draft.by_mail);
    const auto usual = can_reply ? "public" : "team";
    out.set("visibility", draft.visibility.empty() || (draft.visibility == "public" && !can_reply) ? usual : draft.visibility);
    if (draft.saved_at.us > 0) out.set("saved_at", draft.saved_at);
    return out;
}

}  // namespace

bool add_recipient(const Call& call, const Ticket& ticket, Value& data) {
    const auto requester = requester_of(ticket);
    if (requester) data.set("requester", requester->name.empty() ? requester->email : requester->name + " <" + requester->email + ">");
    data.set("mail_off", call.ctx.exec("select from core.mail_sender_v1 limit 1").empty());
    return requester.has_value();
}

void add_conversation(const Call& call, Request request, const Ticket& ticket, const Composing* typed, Value& data) {
    const auto newest = add_messages(call, request, ticket.id, add_documents(call, ticket, data), data);
    data.set("seen", newest);
    if (!ticket.may_update) return;
    const bool can_reply = add_recipient(call, ticket, data);
    data.set("draft", draft_value(call, typed ? typed->draft : read_draft(call, ticket.id), can_reply)).set("people", recipients(call));
    if (typed)
        data.set("draft_errors", typed->errors)
            .set("preview", typed->preview)
            .set("overtaken", typed->overtaken)
            .set("extensions", request.extensions());
    add_canned(call, "", data);
    add_news(call, ticket.id, newest, data);
}

void add_news(const Call& call, int64_t ticket, int64_t seen, Value& data) {
    auto names = call.ctx.array();
    std::string state;
    for (const auto& name : writing_colleagues(call, ticket)) {
        names.push(name);
        state += name + ';';
    }
    const auto more = messages_since(call, ticket, seen);
    data.set("writing", names).set("more", more).set("news", std::to_string(more) + ';' + state);
}

}  // namespace tickets
