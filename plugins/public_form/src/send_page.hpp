// A message to a customer with his personalised link (row S2-08).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void show_send_form(guichet::Ctx ctx, guichet::Request request);  // GET /customer-access/send
void send_access(guichet::Ctx ctx, guichet::Request request);     // POST /customer-access/send

}  // namespace public_form
