// Lists of tickets by key: the few rows of a page are picked from indexes first, everything else is joined after.
#pragma once

#include "ticket_filter.hpp"

namespace tickets {

struct Page {
    guichet::Value items;  // array of rows
    std::string next;      // cursor; "" when this is the last page
};

// One statement, one round trip. Rows of pages have labels and names, rows of REST are ready to be sent.
Page list_for_pages(const Call& call, const Filter& filter);
Page list_for_api(const Call& call, const Filter& filter);

// The REST row of one ticket, which the user can see.
guichet::Value api_row(const Call& call, int64_t id);

}  // namespace tickets
