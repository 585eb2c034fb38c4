// A new link for who has lost his: always the same answer, and a mail to the address on file only (security.md R30, R57).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void show_lost(guichet::Ctx ctx, guichet::Request request);  // GET /public/lost
void ask_link(guichet::Ctx ctx, guichet::Request request);   // POST /public/lost
void send_lost_link(guichet::Ctx ctx, guichet::Job job);     // {ref, email, language}

}  // namespace public_form
