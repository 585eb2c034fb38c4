// Dates and numbers as people of a language write them (ICU). Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace host::i18n {

enum class DateStyle {
    date,      // 22/11/2026              22 Nov 2026
    datetime,  // 22/11/2026 19:02        22 Nov 2026, 19:02
    full,      // dimanche 22 novembre 2026 à 19:02
    relative,  // il y a 3 min, hier à 19:02, then like date: needs now
    iso_local  // 2026-11-22T19:02, for <input type="datetime-local">
};
inline constexpr std::string_view kDefaultZone = "Europe/Paris";  // also for a zone that is not known

std::string format_time(std::int64_t us, DateStyle style, std::string_view language, std::string_view zone, std::int64_t now_us);
std::string format_integer(std::int64_t n, std::string_view language);  // 12 345 with a narrow no-break space in French
std::string format_bytes(std::int64_t n, std::string_view language);    // 1,4 Mo / 1.4 MB, steps of 1000
bool known_zone(std::string_view zone);                                 // "Europe/Paris", "UTC"

}  // namespace host::i18n
