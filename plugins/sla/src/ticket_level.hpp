// The service level of one ticket, computed at this moment.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace sla {

// {policy: {id, name, why} or null, clocks: [{clock, cycle, label, promise, started_at, due_at, met_at, stopped, paused, pinned, enforced,
// breached, elapsed_s, paused_s, remaining_s, state, text, color}]}. NOT_FOUND unless the user may see the ticket.
guichet::Value ticket_level(guichet::Ctx ctx, int64_t ticket);

}  // namespace sla
