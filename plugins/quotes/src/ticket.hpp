// Tickets, which belong to another plugin.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

// As tickets/tickets_v1.h says; empty when there is none for this user.
guichet::Value find_ticket(guichet::Ctx ctx, int64_t id);
// What happened to a quote of it, in the ticket's history: "created", or the state. Nothing when the user may not see the ticket.
void note_on_ticket(guichet::Ctx ctx, int64_t ticket_id, std::string_view what, std::string_view ref, std::string_view by_name);

}  // namespace quotes
