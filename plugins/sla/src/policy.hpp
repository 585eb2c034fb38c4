// What is promised, and to which tickets (S3-26 to S3-28): {scope: {teams, types, min_priority, accounts, contracts, channels},
// first_response, next_response, resolution: {amount, unit: "minutes"|"hours"|"days", working}, to_status, first_response_pauses,
// reopen, levels: [{clock, percent or minutes, notify, assign, team, priority, note}]}, as REST and the database write it.
#pragma once

#include "clocks.hpp"

#include <guichet/sdk/plugin.hpp>

namespace sla {

inline constexpr std::string_view kClockNames[] = {"first_response", "next_response", "resolution"};  // in the order of Clock
std::string_view name_of(Clock clock);
std::optional<Clock> find_clock(std::string_view name);

struct Promise {
    enum class Unit { minutes, hours, days };
    int amount = 0;
    Unit unit = Unit::hours;
    bool working = true;  // counted on the calendar, else round the clock (S3-28)

    Target target() const;
};

// Empty: any.
struct Scope {
    std::vector<int64_t> teams, accounts, contracts;
    std::vector<std::string> types, channels;
    std::string min_priority;  // and those that come after it in the list (S3-26)
};

// What happens when so much of the time has passed, or so long before or after the deadline.
struct Level {
    Clock clock = Clock::resolution;
    std::optional<int> percent;
    int minutes = 0;                  // without percent: of working time, negative before the deadline
    std::vector<std::string> notify;  // "assignee", "team", "manager" or an address
    std::optional<int64_t> assign, team;
    std::string priority, note;

    std::string key() const;  // "resolution/80%", "resolution/-30"
    // Working time that is left when it is reached, of a whole.
    std::chrono::seconds left(std::chrono::seconds whole) const;
};

struct ServicePolicy {
    int64_t id = 0, version = 0, calendar_id = 0;
    std::string name;
    bool active = false;
    std::optional<Instant> enforce_from;
    Scope scope;
    std::optional<Promise> promises[3];  // by Clock
    std::string to_status;               // resolution means reaching it (S3-27)
    bool first_response_pauses = false;
    ReopenPolicy reopen = ReopenPolicy::pause;
    std::vector<Level> levels;
};

// Into policy. Problems are named by the place of what is wrong, "levels.0.percent".
void read_policy(guichet::Ctx ctx, guichet::Value from, ServicePolicy& policy, guichet::Problems& problems);
guichet::Value definition_of(guichet::Ctx ctx, const ServicePolicy& policy);

}  // namespace sla
