#include "parties_change.hpp"

namespace quotes {
namespace {

int64_t id_in(guichet::Event event, std::string_view member = "id") { return event.data()[member].integer().value_or(0); }

}  // namespace

void keep_account(guichet::Ctx ctx, guichet::Event event) {
    if (ctx.exec("select exists (select from quote where account_id = $1)", id_in(event)).boolean(0, 0))
        event.veto(std::string{ctx.tr("This account has quotes. Deactivate it instead.")});
}

void follow_merge(guichet::Ctx ctx, guichet::Event event) {
    ctx.exec("update quote set ticket_id = $2 where ticket_id = $1", id_in(event), id_in(event, "into"));
}

void forget_ticket(guichet::Ctx ctx, guichet::Event event) {
    ctx.exec("update quote set ticket_id = null where ticket_id = $1", id_in(event));
}

void forget_contact(guichet::Ctx ctx, guichet::Event event) {
    ctx.exec("update quote set contact_id = null where contact_id = $1", id_in(event));
}

}  // namespace quotes
