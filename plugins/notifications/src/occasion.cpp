#include "occasion.hpp"

#include <tickets/tickets_v1.h>

namespace notifications {

using guichet::Event;
using guichet::Value;

const std::array<OccasionInfo, 8> kOccasions = {{
    {"assigned", "A ticket is assigned", "user-check", "mail"},
    {"customer_message", "A message of the customer", "message-2", "mail"},
    {"new_ticket", "A new ticket", "ticket", "mail"},
    {"note", "A note of a colleague", "note", "mail"},
    {"reply", "A reply to the customer", "send", "page"},
    {"status", "A ticket has another status", "switch-horizontal", "page"},
    {"merged", "A ticket was merged", "git-merge", "page"},
    {"alert", "An alert of another module", "alarm", "mail"},
}};

const OccasionInfo* find_occasion(std::string_view id) {
    const auto* it = std::ranges::find(kOccasions, id, &OccasionInfo::id);
    return it == kOccasions.end() ? nullptr : it;
}

namespace {

int64_t integer(Value value) { return value.integer().value_or(0); }

Occasion assigned(guichet::Ctx ctx, int64_t ticket, int64_t assignee) {
    return {"assigned", ticket, {}, ctx.object().set("assignee", assignee)};
}

std::vector<Occasion> of_creation(guichet::Ctx ctx, Event event) {
    std::vector<Occasion> out;
    const auto data = event.data();
    const auto id = integer(data["id"]);
    if (const auto assignee = data["assignee"].integer()) out.push_back(assigned(ctx, id, *assignee));
    auto added = ctx.object();
    if (event.actor_id() <= 0) added.set("author", data["requester_email"]);
    out.push_back({"new_ticket", id, {}, added});
    return out;
}

std::vector<Occasion> of_update(guichet::Ctx ctx, Value data) {
    const auto changes = data["changes"];
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (const auto to = guichet::to_integer(changes[i]["to"].text().value_or("")); to && changes[i]["field"].text() == "assignee")
            return {assigned(ctx, integer(data["id"]), *to)};
    return {};
}

std::vector<Occasion> of_transition(guichet::Ctx ctx, Value data) {
    return {{"status", integer(data["id"]), {}, ctx.object().set("from", data["from"]).set("to", data["to"])}};
}

std::vector<Occasion> of_merge(guichet::Ctx ctx, Value data) {
    const auto gone = ctx.exec("select ref from tickets.ticket_v1 where id = $1", integer(data["id"]));
    if (gone.empty()) return {};
    return {{"merged", integer(data["into"]), {}, ctx.object().set("merged", gone.text(0, 0))}};
}

std::vector<Occasion> of_message(guichet::Ctx ctx, Value data) {
    const auto id = integer(data["id"]);
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 1);
    if (!tickets || data["visibility"].text() == "private") return {};
    guichet_value* found = nullptr;
    try {
        tickets(&tickets_tickets_v1::message, id, &found);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_NOT_FOUND) throw;
        return {};  // deleted meanwhile
    }
    const Value message{ctx.raw(), found};
    Occasion out{"note", integer(data["ticket_id"]), id, ctx.object().set("author", message["author_name"])};
    out.worth_a_mail = !data["automatic"].boolean().value_or(false);
    if (data["visibility"].text() == "team") out.worth_a_mail = data["by_mail"].boolean().value_or(false);
    else out.id = message["from_customer"].boolean().value_or(false) ? "customer_message" : "reply";
    return {out};
}

}  // namespace

std::vector<Occasion> read_occasions(guichet::Ctx ctx, Event event) {
    const auto data = event.data();
    if (event.id() == "tickets.ticket_created") return of_creation(ctx, event);
    if (event.id() == "tickets.ticket_updated") return of_update(ctx, data);
    if (event.id() == "tickets.ticket_transitioned") return of_transition(ctx, data);
    if (event.id() == "tickets.ticket_merged") return of_merge(ctx, data);
    if (event.id() == "tickets.message_added") return of_message(ctx, data);
    if (event.id() == "notifications.occasion")
        return {{"alert", integer(data["ticket_id"]), {}, ctx.object().set("text", data["text"]).set("users", data["users"])}};
    return {};
}

}  // namespace notifications
