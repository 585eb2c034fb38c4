// The catalogue's pages.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void show_items(guichet::Ctx ctx, guichet::Request request);   // GET /quotes/items
void show_item(guichet::Ctx ctx, guichet::Request request);    // GET /quotes/items/new, /quotes/items/{id}
void save_item(guichet::Ctx ctx, guichet::Request request);    // POST of the same
void delete_item(guichet::Ctx ctx, guichet::Request request);  // POST /quotes/items/{id}/delete

}  // namespace quotes
