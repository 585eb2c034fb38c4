#include "notation.hpp"

#include <algorithm>
#include <cstdlib>

namespace sla {

using namespace std::chrono;

namespace {

constexpr int kFirstYear = 1970, kLastYear = 2199;

// The text has the shape: '0' is any digit, everything else itself.
bool has_shape(std::string_view text, std::string_view shape) {
    if (text.size() != shape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
    return true;
}

int number(std::string_view text, std::size_t from, std::size_t count) { return std::atoi(std::string{text.substr(from, count)}.c_str()); }

std::string digits(std::int64_t n, std::size_t width) {
    const auto text = std::to_string(n);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

std::optional<minutes> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return minutes{0};
    if (!has_shape(text, "+00:00") && !has_shape(text, "-00:00")) return std::nullopt;
    const int h = number(text, 1, 2), m = number(text, 4, 2);
    if (h > 23 || m > 59) return std::nullopt;
    return minutes{(h * 60 + m) * (text[0] == '-' ? -1 : 1)};
}

}  // namespace

std::optional<int> parse_time_of_day(std::string_view text) {
    if (!has_shape(text, "00:00")) return std::nullopt;
    const int h = number(text, 0, 2), m = number(text, 3, 2);
    if (m > 59 || h * 60 + m > 1440) return std::nullopt;
    return h * 60 + m;
}

std::optional<Day> parse_day(std::string_view text) {
    if (!has_shape(text, "0000-00-00")) return std::nullopt;
    const year_month_day day{year{number(text, 0, 4)}, month{static_cast<unsigned>(number(text, 5, 2))},
                             std::chrono::day{static_cast<unsigned>(number(text, 8, 2))}};
    if (!day.ok() || day.year() < year{kFirstYear} || day.year() > year{kLastYear}) return std::nullopt;
    return Day{day};
}

std::optional<MonthDay> parse_month_day(std::string_view text) {
    if (!has_shape(text, "00-00")) return std::nullopt;
    const MonthDay out{static_cast<unsigned>(number(text, 0, 2)), static_cast<unsigned>(number(text, 3, 2))};
    if (!month_day{month{out.month}, day{out.day}}.ok()) return std::nullopt;
    return out;
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 20 || (text[10] != 'T' && text[10] != 't') || !has_shape(text.substr(11, 8), "00:00:00")) return std::nullopt;
    const auto day = parse_day(text.substr(0, 10));
    const int h = number(text, 11, 2), m = number(text, 14, 2), s = number(text, 17, 2);
    auto rest = text.substr(19);
    if (rest.size() > 1 && rest[0] == '.') {
        const auto digits = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        if (digits == 1) return std::nullopt;
        rest.remove_prefix(digits);
    }
    const auto offset = parse_offset(rest);
    if (!day || !offset || h > 23 || m > 59 || s > 60) return std::nullopt;  // 60: a leap second
    return Instant{day->time_since_epoch() + hours{h} + minutes{m} + seconds{s} - *offset};
}

std::string format_time_of_day(int minutes) { return digits(minutes / 60, 2) + ':' + digits(minutes % 60, 2); }

std::string format_day(Day day) {
    const year_month_day date{day};
    return digits(static_cast<int>(date.year()), 4) + '-' +
           format_month_day({static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())});
}

std::string format_month_day(MonthDay day) { return digits(day.month, 2) + '-' + digits(day.day, 2); }

std::string format_instant(const Zone& zone, Instant at) {
    const auto clock = zone.local(at);
    const auto midnight = floor<days>(clock);
    const auto of_day = (clock - midnight).count();
    const auto offset = duration_cast<minutes>(clock.time_since_epoch() - at.time_since_epoch()).count();
    return format_day(midnight) + 'T' + format_time_of_day(static_cast<int>(of_day / 60)) + ':' + digits(of_day % 60, 2) +
           (offset < 0 ? '-' : '+') + format_time_of_day(static_cast<int>(std::abs(offset)));
}

}  // namespace sla
