// Closed days from a calendar file (RFC 5545): every day of its events, whole or not. What comes back on the same day each year is one
// yearly day; other repetitions are followed for ten years.
#pragma once

#include "opening.hpp"

#include <set>

namespace sla {

struct ClosedDays {
    std::set<Day> days;
    std::set<MonthDay> yearly;
};
// nullopt for what is no calendar file; at most 1000 days.
std::optional<ClosedDays> read_ics(const std::string& text);

}  // namespace sla
