#include "assignment_mail.hpp"

#include "fields.hpp"

namespace tickets {

using guichet::Event;
using guichet::Value;

namespace {

std::optional<int64_t> new_assignee(Event event) {
    const auto data = event.data();
    if (event.id() == "tickets.ticket_created") return data["assignee"].integer();
    const auto changes = data["changes"];
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (changes[i]["field"].text() == info(Field::assignee).name) return guichet::to_integer(changes[i]["to"].text().value_or(""));
    return std::nullopt;
}

// Who still has the ticket and can be written to; empty when there is nobody.
guichet::Rows assigned(const Call& call, int64_t ticket, int64_t assignee, int64_t actor) {
    return call.ctx.exec(
        "select t.id, t.ref, t.subject, t.priority, a.name as account, u.email, u.name, by.name as actor"
        " from ticket t join core.user_v1 u on u.id = t.assignee_id"
        " left join directory.account_v1 a on a.id = t.account_id left join core.user_v1 by on by.id = $3"
        " where t.id = $1 and u.id = $2 and u.active and u.email <> ''",
        ticket, assignee, actor);
}

Value values_of(const Call& call, Value row) {
    const auto shown = [&](std::string_view text, std::string_view otherwise) { return text.empty() ? call.tr(otherwise) : text; };
    return call.ctx.object()
        .set("ref", row["ref"])
        .set("subject", row["subject"])
        .set("priority", shown(label_of(call, Field::priority, row["priority"].text().value_or("")), "Not set"))
        .set("account", shown(row["account"].text().value_or(""), "Not set"))
        .set("actor", shown(row["actor"].text().value_or(""), "The system"))
        .set("url", "/tickets/" + std::to_string(row["id"].integer().value_or(0)));
}

}  // namespace

void mail_assignee(const Call& call, Event event) {
    const auto assignee = new_assignee(event);
    if (!assignee || *assignee == event.actor_id()) return;
    if (!call.ctx.settings()["mail_on_assignment"].boolean().value_or(true)) return;
    const auto rows = assigned(call, event.data()["id"].integer().value_or(0), *assignee, event.actor_id());
    if (rows.empty()) return;
    const auto row = rows.row(0);
    try {
        call.ctx.send_mail("tickets.assigned", call.ctx.object().set("to", row["email"]).set("to_name", row["name"]), values_of(call, row));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_INVALID || error.field() != "to") throw;
        call.ctx.log(GUICHET_LOG_WARN, "the address of user " + std::to_string(*assignee) + " cannot be written to");
    }
}

}  // namespace tickets
