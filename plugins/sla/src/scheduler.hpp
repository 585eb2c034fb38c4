// What runs by itself: deadlines that pass, levels that are reached, and all tickets again after a change of what is promised.
#pragma once

#include "refresh.hpp"

namespace sla {

// Every ticket for which something is due by now, in batches and runs; however many there are (6.3, 8).
void run_scheduler(guichet::Ctx ctx, guichet::Job job);
// Every open ticket, from the one in the arguments on; each night as well, for what nobody is told of: statuses that stop clocks now, the
// order of priorities, rules of time zones.
void recompute(guichet::Ctx ctx, guichet::Job job);
// In the transaction of the change.
void ask_for_recompute(guichet::Ctx ctx);

// Something happened to a ticket.
void ticket_happened(guichet::Ctx ctx, guichet::Event event);

}  // namespace sla
