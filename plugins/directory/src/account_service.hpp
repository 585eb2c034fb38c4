// What other plugins may ask: the functions of directory/accounts_v1.h.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::account_service {

void find_account(guichet::Ctx ctx, int64_t account_id, guichet_value** out);
void find_contact(guichet::Ctx ctx, int64_t contact_id, guichet_value** out);
void search_accounts(guichet::Ctx ctx, guichet_str query, int32_t limit, guichet_value** out);
void contacts_of(guichet::Ctx ctx, int64_t account_id, guichet_value** out);
void running_contracts_of(guichet::Ctx ctx, int64_t account_id, guichet_value** out);
void account_by_email(guichet::Ctx ctx, guichet_str email, guichet_value** out);
void find_by_email(guichet::Ctx ctx, guichet_str email, guichet_value** out);

// Of guichet_lookup_v1: {id, name, url}.
void look_up(guichet::Ctx ctx, int64_t account_id, guichet_value** out);
void suggest(guichet::Ctx ctx, guichet_str words, int32_t limit, guichet_value** out);

}  // namespace directory::account_service
