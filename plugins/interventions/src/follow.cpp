#include "follow.hpp"

namespace interventions {

using guichet::Ctx;
using guichet::Event;

namespace {

int64_t id_of(Event event) { return event.data()["id"].integer().value_or(0); }

// Those of every user count, whoever deletes.
void keep(Ctx ctx, Event event, std::string_view sql, std::string_view why) {
    if (ctx.exec(sql, id_of(event)).boolean(0, 0)) event.veto(std::string{ctx.tr(why)});
}

// Designations that do not fit the accounts of their tickets.
void drop_foreign(Ctx ctx, int64_t ticket_id) {
    ctx.exec(
        "delete from ticket_equipment d using equipment e, tickets.ticket_v1 t where d.ticket_id = $1 and e.id = d.equipment_id and t.id = "
        "d.ticket_id"
        " and e.account_id is distinct from t.account_id",
        ticket_id);
}

}  // namespace

void ticket_updated(Ctx ctx, Event event) {
    const auto changes = event.data()["changes"];
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (changes[i]["field"].text() == "account_id") drop_foreign(ctx, id_of(event));
}

// Its interventions go on in the other ticket, as its messages do; the equipment as well when the other one has none.
void ticket_merged(Ctx ctx, Event event) {
    const auto into = event.data()["into"].integer().value_or(0);
    ctx.exec("update intervention set ticket_id = $2 where ticket_id = $1", id_of(event), into);
    ctx.exec(
        "update ticket_equipment set ticket_id = $2 where ticket_id = $1 and not exists (select from ticket_equipment where ticket_id = "
        "$2)",
        id_of(event), into);
    drop_foreign(ctx, into);
}

void ticket_deleted(Ctx ctx, Event event) {
    ctx.exec("update intervention set ticket_id = null where ticket_id = $1", id_of(event));
    ctx.exec("delete from ticket_equipment where ticket_id = $1", id_of(event));
}

void keep_account(Ctx ctx, Event event) {
    keep(ctx, event,
         "select exists (select from equipment where account_id = $1) or exists (select from intervention where account_id = $1)",
         "This account has equipment or interventions. Deactivate it instead.");
}

void keep_contact(Ctx ctx, Event event) {
    keep(ctx, event, "select exists (select from intervention where contact_id = $1)",
         "This contact has interventions. Make it inactive instead.");
}

void keep_contract(Ctx ctx, Event event) {
    keep(ctx, event,
         "select exists (select from equipment where contract_id = $1) or exists (select from intervention where contract_id = $1)",
         "This contract covers equipment or interventions. End it instead.");
}

void keep_contract_line(Ctx ctx, Event event) {
    keep(ctx, event, "select exists (select from equipment where contract_line_id = $1)", "This line covers equipment. End it instead.");
}

}  // namespace interventions
