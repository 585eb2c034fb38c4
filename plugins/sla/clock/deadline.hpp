// When something is due: a pure function of what happened (sla.md 6.3, 1).
#pragma once

#include "opening.hpp"

#include <optional>
#include <vector>

namespace sla {

// Working days first, then working time; 0 and 0: at once.
struct Target {
    int working_days = 0;
    std::chrono::seconds time{};
};

struct Pause {
    Instant from;
    std::optional<Instant> to;  // nullopt: it lasts
};

// What the time between closing and reopening counts for (6.3, 6).
enum class ReopenPolicy {
    pause,    // it does not count
    none,     // it counts
    restart,  // the clock begins anew when reopened
};

struct Course {
    Instant start;
    Target target;
    std::vector<Pause> pauses{};  // in any order, may overlap
    std::optional<Instant> closed_at{}, reopened_at{};
    ReopenPolicy reopen_policy = ReopenPolicy::pause;
};

struct Deadline {
    std::optional<Instant> due;        // nullopt while paused
    std::chrono::seconds elapsed{};    // working time until now or the closing, without pauses
    std::chrono::seconds paused{};     // working time of the pauses until then
    bool breached = false;             // later than due; at the instant itself it is met
    Instant reckoned;                  // due; while paused what it would be if the pause ended where it began
    std::chrono::seconds remaining{};  // working time until then, negative after it; it stands still while paused
    bool operator==(const Deadline&) const = default;
};

// Working time from one instant to another, negative when that was before.
std::chrono::seconds distance(Opening& opening, Instant from, Instant to);

// Throws NeverOpen.
Deadline deadline(Opening& opening, const Course& course, Instant now);

}  // namespace sla
