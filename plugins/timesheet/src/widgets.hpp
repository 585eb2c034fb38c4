// Time on the pages of tickets, accounts and contracts.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

void show_button(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void show_ticket_time(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void show_account_time(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void show_contract_time(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
// The column of the list of tickets.
void show_spent(guichet::Ctx ctx, guichet::Cells cells);

}  // namespace timesheet
