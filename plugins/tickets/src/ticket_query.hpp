// Lists of tickets by key: the few rows of a page are picked from indexes first, everything else is joined after.
#pragma once

#include "ticket_columns.hpp"
#include "ticket_filter.hpp"

namespace tickets {

struct Page {
    guichet::Value items;  // array of rows
    std::string next;      // cursor; "" when this is the last page
};

// One statement, one round trip. Rows of pages have labels, and the names that their columns need; rows of REST are ready to be sent.
Page list_for_pages(const Call& call, const Filter& filter, const std::vector<Column>& columns);
// With the names that rows of widgets show: of the account and the assignee.
Page list_for_pages(const Call& call, const Filter& filter);
Page list_for_api(const Call& call, const Filter& filter);

// The first kMostExported tickets and one more when there are more, for add_texts() columns: the id and their texts.
inline constexpr std::size_t kMostExported = 50'000;
guichet::Rows list_for_export(const Call& call, const Filter& filter, const std::vector<Column>& columns,
                              const guichet::ListColumns& others);

// The REST row of one ticket, which the user can see.
guichet::Value api_row(const Call& call, int64_t id);

}  // namespace tickets
