// The calendar on the pages of tickets and accounts.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

// S2-23: one click makes an event of the ticket.
void show_ticket_button(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void show_ticket_events(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void show_account_events(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
// The next events of who has opened the home page.
void show_my_events(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);

}  // namespace calendar
