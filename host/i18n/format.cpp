#include "i18n/format.hpp"

#include "i18n/language.hpp"
#include "i18n/zone.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace host::i18n {
namespace {

using std::chrono::microseconds;
using std::chrono::sys_days;

// What can be written with four digits of year, in any zone.
constexpr Time kFirst{sys_days{std::chrono::year{1} / 1 / 2}};
constexpr Time kLast{sys_days{std::chrono::year{9999} / 12 / 30}};

const Zone& zone_or_default(std::string_view name) {
    const Zone* zone = find_zone(name);
    return zone ? *zone : *find_zone(kDefaultZone);
}

struct LocalTime {
    sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<microseconds> clock;
};

LocalTime to_local(std::int64_t us, const Zone& zone) {
    const Time utc = std::clamp(Time{microseconds{us}}, kFirst, kLast);
    const Time local = utc + zone.offset(utc);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {day, day, std::chrono::hh_mm_ss{local - day}};
}

unsigned month(const LocalTime& t) { return static_cast<unsigned>(t.date.month()); }
unsigned day(const LocalTime& t) { return static_cast<unsigned>(t.date.day()); }

void append_digits(unsigned value, unsigned width, std::string& out) {
    char digits[4] = {'0', '0', '0', '0'};
    for (unsigned i = width; i-- > 0; value /= 10) digits[i] = static_cast<char>('0' + value % 10);
    out.append(digits, width);
}

void append_year(const LocalTime& t, std::string& out) { append_digits(static_cast<unsigned>(static_cast<int>(t.date.year())), 4, out); }

void append_clock(const LocalTime& t, std::string& out) {
    append_digits(static_cast<unsigned>(t.clock.hours().count()), 2, out);
    out += ':';
    append_digits(static_cast<unsigned>(t.clock.minutes().count()), 2, out);
}

void append_date(const LocalTime& t, const Language& words, std::string& out) {
    if (words.french) {
        append_digits(day(t), 2, out);
        out += '/';
        append_digits(month(t), 2, out);
        out += '/';
    } else {
        append_digits(day(t), day(t) < 10 ? 1 : 2, out);
        out += ' ';
        out += words.short_months[month(t) - 1];
        out += ' ';
    }
    append_year(t, out);
}

void append_datetime(const LocalTime& t, const Language& words, std::string& out) {
    append_date(t, words, out);
    out += words.french ? " " : ", ";
    append_clock(t, out);
}

void append_full(const LocalTime& t, const Language& words, std::string& out) {
    out += words.weekdays[std::chrono::weekday{t.day}.c_encoding()];
    out += ' ';
    append_digits(day(t), day(t) < 10 ? 1 : 2, out);
    if (words.french && day(t) == 1) out += "er";
    out += ' ';
    out += words.months[month(t) - 1];
    out += ' ';
    append_year(t, out);
    out += words.at;
    append_clock(t, out);
}

void append_iso_local(const LocalTime& t, std::string& out) {
    append_year(t, out);
    out += '-';
    append_digits(month(t), 2, out);
    out += '-';
    append_digits(day(t), 2, out);
    out += 'T';
    append_clock(t, out);
}

void append_distance(const Language::Distance& words, bool past, std::int64_t count, std::string& out) {
    out += (past ? words.ago : words.ahead)[static_cast<std::size_t>(count)];
}

void append_relative(std::int64_t us, std::int64_t now_us, const Zone& zone, const Language& words, std::string& out) {
    const LocalTime t = to_local(us, zone);
    const auto days_ago = (to_local(now_us, zone).day - t.day).count();
    const bool past = us <= now_us;
    const auto gap = static_cast<std::uint64_t>(past ? now_us : us) - static_cast<std::uint64_t>(past ? us : now_us);
    const auto seconds = static_cast<std::int64_t>(gap / 1'000'000);
    if (seconds == 0) {
        out += words.now;
    } else if (seconds < 60) {
        append_distance(words.seconds, past, seconds, out);
    } else if (seconds < 3600) {
        append_distance(words.minutes, past, seconds / 60, out);
    } else if (days_ago == 0) {
        append_distance(words.hours, past, seconds / 3600, out);
    } else if (days_ago == 1 || days_ago == -1) {
        out += past ? words.yesterday : words.tomorrow;
        out += words.at;
        append_clock(t, out);
    } else {
        append_date(t, words, out);
    }
}

std::string utf8(const icu::number::FormattedNumber& number) {
    UErrorCode status = U_ZERO_ERROR;
    std::string bytes;
    return number.toString(status).toUTF8String(bytes);
}

}  // namespace

std::string format_time(std::int64_t us, DateStyle style, std::string_view language, std::string_view zone, std::int64_t now_us) {
    const Language& words = i18n::language(language);
    const Zone& place = zone_or_default(zone);
    std::string out;
    switch (style) {
        case DateStyle::date:
            append_date(to_local(us, place), words, out);
            break;
        case DateStyle::datetime:
            append_datetime(to_local(us, place), words, out);
            break;
        case DateStyle::full:
            append_full(to_local(us, place), words, out);
            break;
        case DateStyle::relative:
            append_relative(us, now_us, place, words, out);
            break;
        case DateStyle::iso_local:
            append_iso_local(to_local(us, place), out);
            break;
    }
    return out;
}

std::string format_integer(std::int64_t n, std::string_view language) {
    if (n > -1000 && n < 1000) return std::to_string(n);
    UErrorCode status = U_ZERO_ERROR;
    return utf8(i18n::language(language).integer.formatInt(n, status));
}

std::string format_bytes(std::int64_t n, std::string_view language) {
    constexpr double kPromoted = 999.95;  // what would be written as 1000
    double amount = static_cast<double>(n);
    std::size_t unit = 0;
    const auto& formatters = i18n::language(language).bytes;
    for (; std::abs(amount) >= kPromoted && unit + 1 < formatters.size(); ++unit) amount /= 1000;
    UErrorCode status = U_ZERO_ERROR;
    return utf8(formatters[unit].formatDouble(amount, status));
}

bool known_zone(std::string_view zone) { return find_zone(zone) != nullptr; }

}  // namespace host::i18n
