// What happened to tickets, as tickets' own history has it.
#pragma once

#include "clocks.hpp"

#include <guichet/sdk/plugin.hpp>

namespace sla {

struct Happening {
    Event event;
    std::string status;  // of Kind::status: its code
};

struct TicketStory {
    int64_t id = 0;
    std::string ref, subject, status, phase, priority, type, channel;
    std::optional<int64_t> team, account, contract, assignee;
    Instant created;
    std::optional<Instant> due;  // by hand (S3-15)
    bool merged = false;
    std::vector<Happening> happenings;  // in the order of their time

    bool is_counted() const { return !merged && phase != "deleted"; }  // part of the rates (6.3, 10)
    bool is_open() const { return is_counted() && phase != "resolved" && phase != "closed"; }
};

// Those of the ids that are there, by id. Two statements.
std::vector<TicketStory> load_stories(guichet::Ctx ctx, const std::vector<int64_t>& ids);

}  // namespace sla
