#include "directory.hpp"

#include <directory/accounts_v1.h>

namespace tickets::directory {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int32_t kMostAccounts = 20;

template <class Slot, class... A>
Value ask(Ctx ctx, Slot slot, A... a) {
    const auto service = ctx.service<directory_accounts_v1>(DIRECTORY_ACCOUNTS, 1, 1);
    if (!service) throw guichet::Error{GUICHET_E_UNAVAILABLE, "directory.accounts is not there"};
    guichet_value* out = nullptr;
    try {
        service(slot, a..., &out);
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_NOT_FOUND) throw;
        return {};
    }
    return {ctx.raw(), out};
}

}  // namespace

Value account(Ctx ctx, int64_t id) { return ask(ctx, &directory_accounts_v1::find_account, id); }
Value contact(Ctx ctx, int64_t id) { return ask(ctx, &directory_accounts_v1::find_contact, id); }
Value accounts(Ctx ctx, std::string_view query) {
    return ask(ctx, &directory_accounts_v1::search_accounts, guichet::str(query), kMostAccounts);
}
Value contacts_of(Ctx ctx, int64_t account) { return ask(ctx, &directory_accounts_v1::contacts_of, account); }
Value running_contracts_of(Ctx ctx, int64_t account) { return ask(ctx, &directory_accounts_v1::running_contracts_of, account); }

Value owners_of(Ctx ctx, std::string_view email) { return ask(ctx, &directory_accounts_v1::find_by_email, guichet::str(email)); }

bool may_have_tickets(Ctx ctx, Value account) {
    return account["type"].text() != "lead" || ctx.settings()["allow_leads"].boolean().value_or(true);
}

}  // namespace tickets::directory
