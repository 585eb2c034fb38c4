#include "account_service.hpp"

#include "account_store.hpp"
#include "contact_store.hpp"
#include "contract_store.hpp"
#include "present.hpp"

#include <algorithm>

namespace directory::account_service {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int kMostAccounts = 100;
constexpr int kMostOfOneAccount = 200;

Value pick(Ctx ctx, Value row, std::initializer_list<std::string_view> members) {
    auto out = ctx.object();
    for (const auto member : members) out.set(member, row[member]);
    return out;
}
Value account(Ctx ctx, Value row) { return pick(ctx, row, {"id", "name", "type", "active", "town", "email"}); }
Value contact(Ctx ctx, Value row) { return pick(ctx, row, {"id", "account_id", "name", "email", "phone", "active", "language", "main"}); }
Value contract(Ctx ctx, Value row) { return pick(ctx, row, {"id", "account_id", "ref", "label", "starts_on", "ends_on"}); }

Value reference(Ctx ctx, Value row) {
    return ctx.object().set("id", row["id"]).set("name", row["name"]).set("url", account_path(row["id"].integer().value_or(0)));
}

guichet_value* all(Ctx ctx, const Page& page, Value (*shape)(Ctx, Value)) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < page.items.size(); ++i) out.push(shape(ctx, page.items[i]));
    return out.raw();
}

}  // namespace

void find_account(Ctx ctx, int64_t account_id, guichet_value** out) { *out = account(ctx, get_account(ctx, account_id)).raw(); }

void find_contact(Ctx ctx, int64_t contact_id, guichet_value** out) { *out = contact(ctx, get_contact(ctx, contact_id)).raw(); }

void search_accounts(Ctx ctx, guichet_str query, int32_t limit, guichet_value** out) {
    const PageRequest request{.sort = &kAccountSorts[0], .limit = std::clamp(limit, 1, kMostAccounts), .after = {}};
    *out = all(ctx, list_accounts(ctx, {.words = guichet::view(query), .active = true}, request), account);
}

void contacts_of(Ctx ctx, int64_t account_id, guichet_value** out) {
    (void)get_account(ctx, account_id);
    const PageRequest request{.sort = &kContactSorts[0], .limit = kMostOfOneAccount, .after = {}};
    *out = all(ctx, list_contacts(ctx, {.account_id = account_id, .active = true}, request), contact);
}

void running_contracts_of(Ctx ctx, int64_t account_id, guichet_value** out) {
    (void)get_account(ctx, account_id);
    const PageRequest request{.sort = &kContractSorts[0], .limit = kMostOfOneAccount, .after = {}};
    *out = all(ctx, list_contracts(ctx, {.account_id = account_id, .running = true}, request), contract);
}

void account_by_email(Ctx ctx, guichet_str email, guichet_value** out) {
    const auto found = directory::find_by_email(ctx, guichet::view(email));
    auto result = account(ctx, get_account(ctx, found["account_id"].integer().value_or(0)));
    *out = result.set("contact_id", found["contact_id"]).raw();
}

void find_by_email(Ctx ctx, guichet_str email, guichet_value** out) {
    const auto found = everybody_with(ctx, guichet::view(email));
    auto result = ctx.array();
    for (std::size_t i = 0; i < found.size(); ++i)
        result.push(pick(ctx, found[i], {"account_id", "account_name", "account_type", "contact_id", "contact_name", "language"}));
    *out = result.raw();
}

void look_up(Ctx ctx, int64_t account_id, guichet_value** out) { *out = reference(ctx, get_account(ctx, account_id)).raw(); }

void suggest(Ctx ctx, guichet_str words, int32_t limit, guichet_value** out) {
    const PageRequest request{.sort = &kAccountSorts[0], .limit = std::clamp(limit, 1, kMostAccounts), .after = {}};
    *out = all(ctx, list_accounts(ctx, {.words = guichet::view(words), .active = true}, request), reference);
}

}  // namespace directory::account_service
