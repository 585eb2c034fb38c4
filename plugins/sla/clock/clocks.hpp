// The three clocks of a ticket from what happened to it (sla.md 6.3): first response, next response, resolution. Counters are never
// kept: a changed priority, calendar or policy is asked about anew, from the original start.
#pragma once

#include "deadline.hpp"

namespace sla {

struct Event {
    enum class Kind {
        customer_message,  // by a person: no automatic mail, no private note
        agent_message,     // public, by a person: no confirmation, no internal note, no private message
        status,            // how the ticket stands from now on: the three members below
        pinned,            // due by hand, or no longer
        merged,            // into another ticket, cancelled, spam: out of every rate (6.3, 10)
    };
    Instant at;
    Kind kind = Kind::status;
    bool pauses = false;  // the status waits for somebody else
    bool closed = false;
    bool reached = false;  // the status that the policy wants reached
    std::optional<Instant> due{};
};

struct Policy {
    std::optional<Target> first_response, next_response, resolution;  // nullopt: no such clock
    bool to_status = false;                                           // resolution means reaching a status instead of closing (S3-27)
    bool first_response_pauses = false;                               // 6.3, 4: it does not by default
    ReopenPolicy reopen = ReopenPolicy::pause;
};

enum class Clock { first_response, next_response, resolution };

struct Reading {
    Clock clock;
    int cycle = 1;  // each unanswered message, each restart, begins one
    Instant start;
    std::optional<Instant> met_at;  // by an answer, a closing, the status
    bool stopped = false;           // nobody waits any more, and nobody met it: closed without an answer
    bool pinned = false;
    Deadline deadline;  // at met_at, or now
};

// events in the order of their time, from created on; events after now are not looked at. Nothing for a merged ticket. Throws NeverOpen.
std::vector<Reading> readings(Opening& opening, const Policy& policy, Instant created, const std::vector<Event>& events, Instant now);

}  // namespace sla
