// Contracts, on the page of their account: list and forms.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::contract_pages {

void list(guichet::Ctx ctx, guichet::Request request);
void options(guichet::Ctx ctx, guichet::Request request);  // fragment for forms of other plugins
void new_form(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void edit_form(guichet::Ctx ctx, guichet::Request request);
void update(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::contract_pages
