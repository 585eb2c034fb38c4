// A new request: of anybody, or of a customer who came with his link.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void show_request_form(guichet::Ctx ctx, guichet::Request request);  // GET /public/new
void add_request(guichet::Ctx ctx, guichet::Request request);        // POST /public/new

}  // namespace public_form
