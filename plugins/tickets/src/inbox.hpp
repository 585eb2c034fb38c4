// Private messages addressed to the user: the newest on the home page (S1-20), and opening one (S1-22).
#pragma once

#include "call.hpp"

namespace tickets {

void show_inbox(const Call& call, guichet::Value slot_data, guichet::Html out);

// GET /messages/{id}: where it stands on its ticket. Whoever cannot see the ticket reads what was written to him by itself.
void open_message(const Call& call, guichet::Request request);

// The user sees these messages of the ticket just now.
void mark_messages_read(const Call& call, int64_t ticket);

}  // namespace tickets
