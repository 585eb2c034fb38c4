// A new quote: of a ticket or an account with one click, or of anything.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void show_new(guichet::Ctx ctx, guichet::Request request);  // GET /quotes/new
void add_new(guichet::Ctx ctx, guichet::Request request);   // POST /quotes/new

}  // namespace quotes
