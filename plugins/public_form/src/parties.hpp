// Accounts and contacts behind a customer's link. Of who may see every account.
#pragma once

#include "visit.hpp"

namespace public_form {

std::optional<int64_t> account_of(guichet::Ctx ctx, const Grant& customer);
// Where the customer is written to: the contact's address, or the account's, or where the link was sent.
std::string party_email(guichet::Ctx ctx, const Grant& customer);
// [{id, name, email}] of the account.
guichet::Value contacts_of(guichet::Ctx ctx, int64_t account_id);
// {account, contact, email, contacts, key} for pages; contacts only where one may be chosen.
guichet::Value customer_values(guichet::Ctx ctx, const Grant& customer);

}  // namespace public_form
