// GET /tickets
#pragma once

#include "ticket_columns.hpp"
#include "ticket_filter.hpp"

namespace tickets {

void show_list(const Call& call, guichet::Request request);

// What a list shows, as its address says. What it does not understand is left out: a bookmark outlives the lists it names.
struct ListRequest {
    Parameters parameters;
    guichet::ListColumns others;
    std::vector<Column> columns;
    Filter filter;
    std::string sort;

    ListRequest(const Call& call, guichet::Request request);
};

}  // namespace tickets
