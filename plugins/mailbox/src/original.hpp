// The mail behind a ticket or a message, for agents: quote, signature, warnings, and the original HTML in a frame.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

// Column of the list tickets.messages: below a message that came by mail.
void fill_mail_column(guichet::Ctx ctx, guichet::Cells cells);
// Widget at the side of a ticket that came by mail.
void show_origin(guichet::Ctx ctx, guichet::Value slot, guichet::Html out);

// All four: only for who may see the ticket.
void show_original(guichet::Ctx ctx, guichet::Request request);
void send_original_html(guichet::Ctx ctx, guichet::Request request);
void send_original_raw(guichet::Ctx ctx, guichet::Request request);
void send_original_part(guichet::Ctx ctx, guichet::Request request);

}  // namespace mailbox
