// Writes down how the clocks of tickets stand: cached columns for lists, breaches, and when to look again.
#pragma once

#include "measure.hpp"

#include <functional>

namespace sla {

// A level that was reached just now, in the transaction in which it was written down.
struct Reached {
    const TicketStory* ticket;
    const ServicePolicy* policy;
    const Level* level;
    const Measured* clock;
};
using OnReached = std::function<void(const Reached&)>;

// Inside a Tx. Tickets that are gone are forgotten; what was measured when a ticket ended stays. on_reached: levels are fired, the highest
// one that was missed alone (6.3, 8); without it they wait for the scheduler.
void refresh(guichet::Ctx ctx, PolicyBook& book, const std::vector<int64_t>& tickets, const OnReached& on_reached = {});

// The database's, in whole seconds: one clock for all hosts.
Instant now(guichet::Ctx ctx);

// Inside a Tx, before a policy, its calendar or its place changes: what was late under it by now stays late (6.3, 5).
void settle(guichet::Ctx ctx, PolicyBook& book);

}  // namespace sla
