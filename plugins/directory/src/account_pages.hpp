// /accounts: list, page, forms.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::account_pages {

void list(guichet::Ctx ctx, guichet::Request request);
void options(guichet::Ctx ctx, guichet::Request request);  // fragment for forms of other plugins
void show(guichet::Ctx ctx, guichet::Request request);
void new_form(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void edit_form(guichet::Ctx ctx, guichet::Request request);
void update(guichet::Ctx ctx, guichet::Request request);
void activate(guichet::Ctx ctx, guichet::Request request);
void deactivate(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::account_pages
