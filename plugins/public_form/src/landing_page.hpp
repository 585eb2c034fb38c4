#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void show_landing(guichet::Ctx ctx, guichet::Request request);  // GET /public
void show_logo(guichet::Ctx ctx, guichet::Request request);     // GET /public/logo/{id}

}  // namespace public_form
