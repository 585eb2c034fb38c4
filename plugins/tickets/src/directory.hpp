// The directory as the user sees it: what he may not see is not there.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace tickets::directory {

// Empty when there is none.
guichet::Value account(guichet::Ctx ctx, int64_t id);
guichet::Value contact(guichet::Ctx ctx, int64_t id);
// Arrays; empty when the account is not there.
guichet::Value accounts(guichet::Ctx ctx, std::string_view query);
guichet::Value contacts_of(guichet::Ctx ctx, int64_t account);
guichet::Value running_contracts_of(guichet::Ctx ctx, int64_t account);

// Whose address it is: contacts, then accounts (directory/accounts_v1.h).
guichet::Value owners_of(guichet::Ctx ctx, std::string_view email);

// A lead has none where administrators have said so.
bool may_have_tickets(guichet::Ctx ctx, guichet::Value account);

}  // namespace tickets::directory
