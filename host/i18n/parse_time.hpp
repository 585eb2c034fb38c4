// Dates and times as people and programs write them. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace host::i18n {

// "2026-11-22", "22/11/2026", "22.11.2026", "22 Nov 2026", "22 novembre 2026" -> "2026-11-22". Null for anything else and for days
// that do not exist. Years 1 to 9999.
std::optional<std::string> parse_date(std::string_view typed, std::string_view language);

// RFC 3339, or a date as above with a time of day ("T", a blank, a comma or the language's word between them): then it is
// the clock of the zone. A clock time that the change to summer time leaves out is an hour later.
std::optional<std::int64_t> parse_datetime(std::string_view typed, std::string_view language, std::string_view zone);

// Midnight UTC of "2026-11-22", for format_time in the zone UTC.
std::int64_t day_us(std::string_view iso_date);

}  // namespace host::i18n
