#include "instant.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace tickets {
namespace {

// "Z" or "+02:00", in seconds.
std::optional<int64_t> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const int hours = guichet::number_at(text, 1, 2), minutes = guichet::number_at(text, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

// Takes ".123" off the front: 123000. Without fraction 0; nullopt when there are no digits after the point.
std::optional<int64_t> take_fraction(std::string_view& text) {
    if (text[0] != '.') return 0;
    const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return std::nullopt;
    std::string digits{text.substr(1, std::min<std::size_t>(end - 1, 6))};
    digits.resize(6, '0');
    text.remove_prefix(end);
    return guichet::to_integer(digits);
}

}  // namespace

std::optional<guichet::Time> parse_instant(std::string_view text) {
    using namespace std::chrono;
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const int y = guichet::number_at(text, 0, 4), mo = guichet::number_at(text, 5, 2), d = guichet::number_at(text, 8, 2);
    const int h = guichet::number_at(text, 11, 2), mi = guichet::number_at(text, 14, 2), s = guichet::number_at(text, 17, 2);
    if (y < 1970 || y > 9998 || mo < 0 || d < 0 || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 59) return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
    if (!date.ok()) return std::nullopt;
    auto rest = text.substr(19);
    const auto fraction_us = take_fraction(rest);
    const auto offset = parse_offset(rest);
    if (!fraction_us || !offset) return std::nullopt;
    const auto at = sys_days{date}.time_since_epoch() + hours{h} + minutes{mi} + seconds{s - *offset};
    return guichet::Time{duration_cast<microseconds>(at).count() + *fraction_us};
}

std::optional<guichet::Time> parse_local(guichet::Ctx ctx, std::string_view text) {
    auto clock = std::string{text} + (text.size() == 16 ? ":00" : "");
    if (!parse_instant(clock + "Z")) return std::nullopt;
    return ctx.exec("select $1::text::timestamp at time zone $2::text", clock, ctx.zone()).time(0, 0);
}

bool is_day(std::string_view text) { return text.size() == 10 && parse_instant(std::string{text} + "T00:00:00Z"); }

std::string format_instant(guichet::Time time) {
    using namespace std::chrono;
    const auto at = floor<seconds>(sys_time<microseconds>{microseconds{time.us}});
    const auto midnight = floor<days>(at);
    const year_month_day date{midnight};
    const hh_mm_ss clock{at - midnight};
    const auto fraction_us = time.us - duration_cast<microseconds>(at.time_since_epoch()).count();
    char fraction[16] = "";
    if (fraction_us) std::snprintf(fraction, sizeof fraction, ".%06d", static_cast<int>(fraction_us));
    char out[48];
    std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d%sZ", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), fraction);
    return out;
}

}  // namespace tickets
