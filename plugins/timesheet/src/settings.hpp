// What administrators have chosen.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

struct Settings {
    explicit Settings(guichet::Ctx ctx);

    bool contract_required;
    bool one_per_user;  // stopwatches that run: one per user, instead of one per user and ticket
    bool allow_overlaps;
    bool start_with_ticket;
    bool stop_at_end, record_at_end;  // when a ticket is resolved or closed
    bool billable;
    std::string activity;  // of a new entry; "" for none
    int64_t pack_warning_percent;
};

}  // namespace timesheet
