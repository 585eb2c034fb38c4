// Instants, days and times of day as text.
#pragma once

#include "opening.hpp"

namespace sla {

std::optional<int> parse_time_of_day(std::string_view text);     // "09:00" to "24:00", in minutes
std::optional<Day> parse_day(std::string_view text);             // "2026-05-01", years 1970 to 2199
std::optional<MonthDay> parse_month_day(std::string_view text);  // "12-25", "02-29"
std::optional<Instant> parse_instant(std::string_view text);     // RFC 3339, 5.6; fractions of a second are cut off; the same years

std::string format_time_of_day(int minutes);
std::string format_day(Day day);
std::string format_month_day(MonthDay day);
std::string format_instant(const Zone& zone, Instant at);  // RFC 3339 with the offset of the zone

}  // namespace sla
