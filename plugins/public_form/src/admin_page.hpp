// What administrators say about the public pages, and how they look (row S2-41).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void show_admin(guichet::Ctx ctx, guichet::Request request);     // GET /admin/public-form
void save_admin(guichet::Ctx ctx, guichet::Request request);     // POST /admin/public-form
void preview_admin(guichet::Ctx ctx, guichet::Request request);  // POST /admin/public-form/preview
void remove_logo(guichet::Ctx ctx, guichet::Request request);    // POST /admin/public-form/logo/delete

}  // namespace public_form
