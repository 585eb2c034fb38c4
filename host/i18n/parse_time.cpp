#include "i18n/parse_time.hpp"

#include "base/strings.hpp"
#include "i18n/format.hpp"
#include "i18n/language.hpp"
#include "i18n/zone.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace host::i18n {
namespace {

using std::chrono::microseconds;

std::optional<int> number(std::string_view text, std::size_t fewest, std::size_t most) {
    int out = 0;
    if (text.size() < fewest || text.size() > most) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
    return out;
}

std::optional<std::string> iso(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
    if (!year || !month || !day || *year < 1 || *month < 1 || *day < 1) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    std::array<char, 40> out{};
    const auto n = std::snprintf(out.data(), out.size(), "%04d-%02d-%02d", *year, *month, *day);
    return std::string{out.data(), static_cast<std::size_t>(n)};
}

// "nov", "nov." and "novembre" are month 11; three letters at least, so that juin is not juillet: "jui" is neither.
std::optional<int> month_number(std::string_view typed, const Language& words) {
    if (typed.ends_with('.')) typed.remove_suffix(1);
    const auto name = base::lower_ascii(typed);
    std::optional<int> found;
    for (std::size_t i = 0; i < words.months.size(); ++i) {
        const auto full = base::lower_ascii(words.months[i]), abbreviated = base::lower_ascii(words.short_months[i]);
        const bool exact = name == full || name == abbreviated || name + "." == abbreviated;
        if (exact) return static_cast<int>(i) + 1;
        if (name.size() < 3 || !full.starts_with(name)) continue;
        if (found) return std::nullopt;
        found = static_cast<int>(i) + 1;
    }
    return found;
}

std::optional<std::string> spoken_date(std::string_view typed, const Language& words) {
    const auto parts = base::split(typed, ' ');
    if (parts.size() != 3) return std::nullopt;
    auto day = parts[0];
    if (day == "1er") day = "1";
    return iso(number(parts[2], 4, 4), month_number(parts[1], words), number(day, 1, 2));
}

struct Clock {
    int hour = 0, minute = 0, second = 0;
    std::optional<int> offset_minutes;  // from UTC, when it says so
};

// Takes "Z", "+01:00" or "-0500" from the end of a time.
bool take_offset(std::string_view& text, Clock& clock) {
    if (text.ends_with('Z') || text.ends_with('z')) {
        text.remove_suffix(1);
        clock.offset_minutes = 0;
        return true;
    }
    const auto sign = text.find_first_of("+-");
    if (sign == text.npos) return true;
    const auto offset = text.substr(sign + 1);
    const auto hours = number(offset.substr(0, 2), 2, 2);
    const auto minutes = offset.size() > 2 ? number(offset.substr(offset[2] == ':' ? 3 : 2), 2, 2) : std::optional{0};
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return false;
    clock.offset_minutes = (text[sign] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
    text = text.substr(0, sign);
    return true;
}

// "19:02", "19:02:30", "19:02:30.5Z", "19h02", "19h".
std::optional<Clock> parse_clock(std::string_view text) {
    Clock clock;
    if (!take_offset(text, clock)) return std::nullopt;
    const auto at = text.find_first_of(":hH");
    if (at == text.npos) return std::nullopt;
    const auto hour = number(text.substr(0, at), 1, 2);
    auto rest = text.substr(at + 1);
    const bool hours_only = rest.empty() && text[at] != ':';
    const auto colon = std::min(rest.find(':'), rest.size());
    const auto minute = hours_only ? std::optional{0} : number(rest.substr(0, colon), 2, 2);
    std::optional<int> second = 0;
    if (colon < rest.size()) {
        const auto seconds = rest.substr(colon + 1);
        second = number(seconds.substr(0, seconds.find('.')), 2, 2);
        if (seconds.find('.') != seconds.npos && !number(seconds.substr(seconds.find('.') + 1), 1, 9)) return std::nullopt;
    }
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
    clock.hour = *hour;
    clock.minute = *minute;
    clock.second = *second;
    return clock;
}

// The zone's offset at a clock time: asked at the instant it would be in UTC, then at the one that answer gives.
std::int64_t local_to_utc(std::int64_t local_us, std::string_view zone_name) {
    const Zone* zone = find_zone(zone_name);
    if (!zone) zone = find_zone(kDefaultZone);
    const Time local{microseconds{local_us}};
    const auto early = local - zone->offset(local - std::chrono::hours{24});
    const auto late = local - zone->offset(local + std::chrono::hours{24});
    const Time utc = early + zone->offset(early) == local ? early : late + zone->offset(late) == local ? late : early;
    return utc.time_since_epoch().count();
}

// Where the date ends and the time of day begins.
std::optional<std::pair<std::string_view, std::string_view>> halves(std::string_view text, const Language& words) {
    if (text.size() > 10 && text[4] == '-' && (text[10] == 'T' || text[10] == 't')) return std::pair{text.substr(0, 10), text.substr(11)};
    const auto blank = text.rfind(' ');
    if (blank == text.npos) return std::nullopt;
    auto date = text.substr(0, blank);
    const auto word = base::trim(words.at);
    if (!word.empty() && date.ends_with(word)) date.remove_suffix(word.size());
    date = base::trim(date);
    if (date.ends_with(',')) date.remove_suffix(1);
    return std::pair{date, text.substr(blank + 1)};
}

}  // namespace

std::optional<std::string> parse_date(std::string_view typed, std::string_view language_code) {
    const auto text = base::trim(typed);
    if (text.size() == 10 && text[4] == '-' && text[7] == '-')
        return iso(number(text.substr(0, 4), 4, 4), number(text.substr(5, 2), 2, 2), number(text.substr(8, 2), 2, 2));
    for (const char separator : {'/', '.'}) {
        const auto parts = base::split(text, separator);
        if (parts.size() == 3) return iso(number(parts[2], 4, 4), number(parts[1], 1, 2), number(parts[0], 1, 2));
    }
    return spoken_date(text, language(language_code));
}

std::optional<std::int64_t> parse_datetime(std::string_view typed, std::string_view language_code, std::string_view zone) {
    const auto both = halves(base::trim(typed), language(language_code));
    if (!both) return std::nullopt;
    const auto date = parse_date(both->first, language_code);
    const auto clock = parse_clock(both->second);
    if (!date || !clock) return std::nullopt;
    const auto seconds = (clock->hour * 60 + clock->minute) * 60 + clock->second;
    const auto local_us = day_us(*date) + std::int64_t{seconds} * 1'000'000;
    if (clock->offset_minutes) return local_us - std::int64_t{*clock->offset_minutes} * 60'000'000;
    return local_to_utc(local_us, zone);
}

std::int64_t day_us(std::string_view iso_date) {
    const auto part = [&](std::size_t at, std::size_t size) { return number(iso_date.substr(at, size), size, size).value_or(1); };
    const std::chrono::year_month_day date{std::chrono::year{part(0, 4)}, std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                           std::chrono::day{static_cast<unsigned>(part(8, 2))}};
    return std::chrono::duration_cast<microseconds>(std::chrono::sys_days{date}.time_since_epoch()).count();
}

}  // namespace host::i18n
