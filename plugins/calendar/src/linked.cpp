#include "linked.hpp"

#include <directory/accounts_v1.h>
#include <tickets/tickets_v1.h>

namespace calendar::linked {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int32_t kMostAccounts = 20;

template <class Table, class Slot, class... A>
Value ask(Ctx ctx, std::string_view service_id, Slot slot, A... a) {
    const auto service = ctx.service<Table>(service_id, 1, 0);
    if (!service) throw guichet::Error{GUICHET_E_UNAVAILABLE, std::string{service_id} + " is not there"};
    guichet_value* out = nullptr;
    try {
        service(slot, a..., &out);
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_NOT_FOUND) throw;
        return {};
    }
    return {ctx.raw(), out};
}

template <class Slot, class... A>
Value directory(Ctx ctx, Slot slot, A... a) {
    return ask<directory_accounts_v1>(ctx, DIRECTORY_ACCOUNTS, slot, a...);
}

}  // namespace

Value ticket(Ctx ctx, int64_t id) { return ask<tickets_tickets_v1>(ctx, TICKETS_TICKETS, &tickets_tickets_v1::find, id); }
Value account(Ctx ctx, int64_t id) { return directory(ctx, &directory_accounts_v1::find_account, id); }
Value contact(Ctx ctx, int64_t id) { return directory(ctx, &directory_accounts_v1::find_contact, id); }
Value accounts(Ctx ctx, std::string_view query) {
    return directory(ctx, &directory_accounts_v1::search_accounts, guichet::str(query), kMostAccounts);
}
Value contacts_of(Ctx ctx, int64_t account) { return directory(ctx, &directory_accounts_v1::contacts_of, account); }

std::optional<int64_t> ticket_by_ref(Ctx ctx, std::string_view ref) {
    const auto rows = ctx.exec("select id from tickets.ticket_v1 where upper(ref) = upper($1)", ref);
    if (rows.empty() || !ticket(ctx, rows.i64(0, 0))) return std::nullopt;
    return rows.i64(0, 0);
}

}  // namespace calendar::linked
