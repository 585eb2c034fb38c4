// Points in time as RFC 3339 text, "2026-11-22T19:02:40Z".
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace tickets {

// Accepts an offset and fractions of a second, of which six digits count; years 1970 to 9998.
std::optional<guichet::Time> parse_instant(std::string_view text);
// "2026-11-22T19:02" (seconds may follow) on the clock of the user's zone. One statement.
std::optional<guichet::Time> parse_local(guichet::Ctx ctx, std::string_view text);
// A day of the calendar, "2026-11-22"; years 1970 to 9998.
bool is_day(std::string_view text);
// Fractions are written when there are any.
std::string format_instant(guichet::Time time);

}  // namespace tickets
