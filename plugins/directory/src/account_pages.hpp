// /accounts: list, page, and what only accounts have.
#pragma once

#include "account_store.hpp"

namespace directory::account_pages {

// What the list shows, of its query string.
AccountFilter wanted(guichet::Ctx ctx, guichet::Request request, const guichet::ListColumns& columns);

void list(guichet::Ctx ctx, guichet::Request request);
void options(guichet::Ctx ctx, guichet::Request request);  // fragment for forms of other plugins
void show(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void activate(guichet::Ctx ctx, guichet::Request request);
void deactivate(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::account_pages
