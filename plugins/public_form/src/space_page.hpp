// The space of a customer who came with his personalised link (rows S2-08, S2-09).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void open_customer_link(guichet::Ctx ctx, guichet::Request request);  // GET /public/c/{token}
void show_space(guichet::Ctx ctx, guichet::Request request);          // GET /public/space
void choose_contact(guichet::Ctx ctx, guichet::Request request);      // POST /public/space/contact
void leave_space(guichet::Ctx ctx, guichet::Request request);         // POST /public/space/leave

}  // namespace public_form
