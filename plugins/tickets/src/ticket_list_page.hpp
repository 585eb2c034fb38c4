// GET /tickets
#pragma once

#include "ticket_columns.hpp"
#include "ticket_filter.hpp"

namespace tickets {

void show_list(const Call& call, guichet::Request request);

// What a list shows, as its address says. Parameters that it does not know are left out. A filter whose value it does not understand
// finds nothing: who takes everything for what he asked for does it harm.
struct ListRequest {
    Parameters parameters;
    guichet::ListColumns others;
    std::vector<Column> columns;
    Filter filter;
    std::string sort;
    guichet::Value misread;  // what was not understood, a sentence each

    ListRequest(const Call& call, guichet::Request request);
};

}  // namespace tickets
