// Adding a ticket: the page /tickets/new, and the quick form of the account's and contact's widget.
#pragma once

#include "call.hpp"

namespace tickets {

void show_new(const Call& call, guichet::Request request);
void add_ticket(const Call& call, guichet::Request request);

}  // namespace tickets
