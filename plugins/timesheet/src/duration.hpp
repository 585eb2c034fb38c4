// How long something took, in whole seconds, as people write and read it.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

// "1 h 30", "1h30", "45 min", "1 h 05 min 20 s", "1,5 h", "1:30", "1:30:20"; nullopt for anything else, a number alone included:
// nobody knows whether it means minutes or hours. At most 100,000 hours.
std::optional<int64_t> parse_duration(std::string_view text);
// "1 h 30", "45 min", "1 h 30 min 12 s" in the language of ctx: seconds only when there are some.
std::string format_duration(guichet::Ctx ctx, int64_t seconds);
// "1:05:09": what a running stopwatch shows.
std::string clock_text(int64_t seconds);
// Hours for a spreadsheet, rounded to four decimals, a third of a second: "1,5" in French, "1.5" otherwise.
std::string decimal_hours(guichet::Ctx ctx, int64_t seconds);

}  // namespace timesheet
