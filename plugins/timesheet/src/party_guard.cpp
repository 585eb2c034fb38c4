#include "party_guard.hpp"

namespace timesheet {
namespace {

// Time of every user counts, whoever deletes.
void keep(guichet::Ctx ctx, guichet::Event event, std::string_view sql, std::string_view why) {
    const auto id = event.data()["id"].integer().value_or(0);
    if (ctx.exec(sql, id).boolean(0, 0)) event.veto(std::string{ctx.tr(why)});
}

}  // namespace

void keep_account(guichet::Ctx ctx, guichet::Event event) {
    keep(ctx, event,
         "select exists (select from entry where account_id = $1) or exists (select from stopwatch where account_id = $1)"
         " or exists (select from hour_pack where account_id = $1)",
         "Time is booked on this account. Deactivate it instead.");
}

void keep_contract(guichet::Ctx ctx, guichet::Event event) {
    keep(ctx, event,
         "select exists (select from entry where contract_id = $1) or exists (select from stopwatch where contract_id = $1)"
         " or exists (select from hour_pack where contract_id = $1)",
         "Time is booked on this contract, or it has a pack of hours. End it instead.");
}

}  // namespace timesheet
