#include "party_guard.hpp"

namespace tickets {
namespace {

// Tickets of every user count, whoever deletes.
void keep(guichet::Ctx ctx, guichet::Event event, std::string_view sql, std::string_view why) {
    const auto id = event.data()["id"].integer().value_or(0);
    if (ctx.exec(sql, id).boolean(0, 0)) event.veto(std::string{ctx.tr(why)});
}

}  // namespace

void keep_account(guichet::Ctx ctx, guichet::Event event) {
    keep(ctx, event, "select exists (select from ticket where account_id = $1)", "This account has tickets. Deactivate it instead.");
}

void keep_contact(guichet::Ctx ctx, guichet::Event event) {
    keep(ctx, event, "select exists (select from ticket where contact_id = $1)", "This contact has tickets. Make it inactive instead.");
}

void keep_contract(guichet::Ctx ctx, guichet::Event event) {
    keep(ctx, event, "select exists (select from ticket where contract_id = $1)", "This contract has tickets. End it instead.");
}

}  // namespace tickets
