// A ticket's clocks by its policy, now: nothing is read, nothing is written.
#pragma once

#include "policy_book.hpp"

namespace sla {

struct Measured {
    Reading reading;
    bool paused = false;
    bool enforced = true;              // was not due before the policy came into force
    bool late = false;                 // enforced, and due before now or before it was met
    std::vector<const Level*> passed;  // levels that were reached, the first one first
    std::optional<Instant> next;       // when it is late, or a level is reached; nothing happens by itself before

    bool runs() const { return !reading.met_at && !reading.stopped; }
};

// Nothing without a policy, and for a ticket that is merged or cancelled. policy: of book. Throws NeverOpen.
std::vector<Measured> measure(PolicyBook& book, const ServicePolicy& policy, const TicketStory& ticket, Instant now);

// The one that is due first of those that run and are enforced, those that are paused last; null when there is none.
const Measured* most_urgent(const std::vector<Measured>& clocks);

}  // namespace sla
