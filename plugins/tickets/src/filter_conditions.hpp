// A filter as conditions of SQL on ticket t.
#pragma once

#include "ticket_filter.hpp"

namespace tickets {

// Appends " and …" for everything but statuses and cursor.
void add_conditions(guichet::Query& query, const Filter& filter);

}  // namespace tickets
