// A quote is sent to the customer by mail.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void show_send(guichet::Ctx ctx, guichet::Request request);        // GET /quotes/{id}/send
void send_quote_mail(guichet::Ctx ctx, guichet::Request request);  // POST of the same
void send_by_api(guichet::Ctx ctx, guichet::Request request);      // POST /api/v1/quotes/{id}/send
void revoke_link(guichet::Ctx ctx, guichet::Request request);      // POST /quotes/{id}/revoke

}  // namespace quotes
