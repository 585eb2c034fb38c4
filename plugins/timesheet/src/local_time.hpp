// Days and times of day on the calendar and clock of the user's zone.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

struct LocalTime {
    std::string day;   // "2026-11-22"
    std::string time;  // "19:02", or "19:02:05" when there are seconds
};

bool is_day(std::string_view text);   // years 1970 to 9998
bool is_time(std::string_view text);  // "19:02" or "19:02:05"
std::string day_after(std::string_view day);

// nullopt when the clock skips that time, as it does once a year; of a time that comes twice the second one. One statement.
std::optional<guichet::Time> to_instant(guichet::Ctx ctx, std::string_view day, std::string_view time);
LocalTime to_local(guichet::Ctx ctx, guichet::Time at);  // one statement
std::string today(guichet::Ctx ctx);                     // one statement

// RFC 3339 with an offset; fractions of a second are cut off. One statement.
std::optional<guichet::Time> parse_instant(guichet::Ctx ctx, std::string_view text);

}  // namespace timesheet
