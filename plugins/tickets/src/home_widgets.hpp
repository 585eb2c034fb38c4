// Tickets on the home page: figures, the work at hand, and how many there are of each status.
#pragma once

#include "call.hpp"

namespace tickets {

// The unfinished tickets the user is in charge of, 1001 at most: the number beside the menu entry.
int64_t count_mine(const Call& call);

// What a user is in charge of, on his page: to be handed over before he goes.
void show_tickets_of_user(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_mine_tile(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_unassigned_tile(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_late_tile(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_mine(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_by_status(const Call& call, guichet::Value slot_data, guichet::Html out);

}  // namespace tickets
