// What a customer sees of a quote with his link, and his answer: for people who do not log in (security.md R29, R33).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void show_to_customer(guichet::Ctx ctx, guichet::Request request);      // GET /public/quotes/{token}
void send_pdf_to_customer(guichet::Ctx ctx, guichet::Request request);  // GET /public/quotes/{token}/pdf
void accept_quote(guichet::Ctx ctx, guichet::Request request);          // POST /public/quotes/{token}/accept
void refuse_quote(guichet::Ctx ctx, guichet::Request request);          // POST /public/quotes/{token}/refuse

}  // namespace quotes
