// The columns that somebody has chosen for his lists, and the page on which he does.
#pragma once

#include "call.hpp"

namespace tickets {

// Ids joined by commas; "" for who has chosen nothing.
std::string own_columns(const Call& call);

void show_columns(const Call& call, guichet::Request request);  // GET /tickets/columns
// POST /tickets/columns: order (ids by comma), or one of up, down, add, remove (an id), or reset.
void choose_columns(const Call& call, guichet::Request request);

}  // namespace tickets
