// Choosing the account, contact or contract of a ticket: GET /tickets/{id}/account, …/contact, …/contract.
#pragma once

#include "call.hpp"

namespace tickets {

void choose_account(const Call& call, guichet::Request request);
void choose_contact(const Call& call, guichet::Request request);
void choose_contract(const Call& call, guichet::Request request);

}  // namespace tickets
