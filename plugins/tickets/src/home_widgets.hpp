// Tickets on the home page: figures, the work at hand, and how many there are of each status.
#pragma once

#include "call.hpp"

namespace tickets {

void show_tiles(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_mine(const Call& call, guichet::Value slot_data, guichet::Html out);
void show_by_status(const Call& call, guichet::Value slot_data, guichet::Html out);

}  // namespace tickets
