// Accounts and contacts, which belong to another plugin.
#pragma once

#include "header.hpp"

namespace quotes {

// Name, address, e-mail and language of the account and contact, where the quote does not say otherwise; problems when there are none
// such for this user.
void fill_in_party(guichet::Ctx ctx, Header& header, guichet::Problems& problems);
// {id, name, …} as directory/accounts_v1.h says; empty when there is none for this user.
guichet::Value find_account(guichet::Ctx ctx, int64_t id);
// [{value, label}] of accounts that match the words.
guichet::Value account_options(guichet::Ctx ctx, std::string_view words);
// To whom a quote may be sent: [{email, name}], contacts of the account.
guichet::Value contacts_of(guichet::Ctx ctx, int64_t account_id);

}  // namespace quotes
