// What happens to tickets, and what it does to the time on them.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

// S3-24: starts and stops the stopwatch of who moves the ticket, when the settings say so. It never keeps a ticket from moving.
void ticket_transitioned(guichet::Ctx ctx, guichet::Event event);
// Time goes on where the ticket goes on.
void ticket_merged(guichet::Ctx ctx, guichet::Event event);
// Entries stay; what runs on it is stopped and waits.
void ticket_deleted(guichet::Ctx ctx, guichet::Event event);

}  // namespace timesheet
