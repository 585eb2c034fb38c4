// A ticket as its customer sees it, and what he does with it. Who may see it came with a link.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace public_form {

void open_ticket_link(guichet::Ctx ctx, guichet::Request request);  // GET /public/t/{token}
void show_ticket(guichet::Ctx ctx, guichet::Request request);       // GET /public/tickets/{id}
void add_message(guichet::Ctx ctx, guichet::Request request);       // POST /public/tickets/{id}/messages
void step_ticket(guichet::Ctx ctx, guichet::Request request);       // POST /public/tickets/{id}/close, /reopen
void confirm_ticket(guichet::Ctx ctx, guichet::Request request);    // POST /public/tickets/{id}/confirm
void show_file(guichet::Ctx ctx, guichet::Request request);         // GET /public/tickets/{id}/files/{file_id}

}  // namespace public_form
