// The tickets of an account or a contact on its page, with a quick form for another one.
#pragma once

#include "call.hpp"

namespace tickets {

void show_account_tickets(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_contact_tickets(const Call& call, guichet::Value slot_data, guichet::Html out);

}  // namespace tickets
