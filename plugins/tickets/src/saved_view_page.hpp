// Saved views on pages: kept from the list, renamed, shared and taken away.
#pragma once

#include "call.hpp"

namespace tickets {

void show_views(const Call& call, guichet::Request request);   // GET /tickets/views
void save_view(const Call& call, guichet::Request request);    // POST /tickets/views: name, shared, query
void edit_view(const Call& call, guichet::Request request);    // POST /tickets/views/{id}: what the form has of these
void delete_view(const Call& call, guichet::Request request);  // POST /tickets/views/{id}/delete

}  // namespace tickets
