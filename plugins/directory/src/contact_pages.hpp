// /contacts: list and page.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::contact_pages {

void list(guichet::Ctx ctx, guichet::Request request);
void options(guichet::Ctx ctx, guichet::Request request);  // fragment for forms of other plugins
void show(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::contact_pages
