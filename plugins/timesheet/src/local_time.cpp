#include "local_time.hpp"

#include <chrono>
#include <cstdio>

namespace timesheet {
namespace {

constexpr std::string_view kClock = "YYYY-MM-DD HH24:MI:SS";

std::optional<std::chrono::year_month_day> parse_day(std::string_view text) {
    using namespace std::chrono;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int y = guichet::number_at(text, 0, 4), m = guichet::number_at(text, 5, 2), d = guichet::number_at(text, 8, 2);
    if (y < 1970 || y > 9998 || m < 0 || d < 0) return std::nullopt;
    const year_month_day day{year{y}, month{static_cast<unsigned>(m)}, std::chrono::day{static_cast<unsigned>(d)}};
    return day.ok() ? std::optional{day} : std::nullopt;
}

bool is_offset(std::string_view text) {
    if (text == "Z" || text == "z") return true;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
    const int hours = guichet::number_at(text, 1, 2), minutes = guichet::number_at(text, 4, 2);
    return hours >= 0 && hours <= 14 && minutes >= 0 && minutes <= 59;
}

}  // namespace

bool is_day(std::string_view text) { return parse_day(text).has_value(); }

bool is_time(std::string_view text) {
    if ((text.size() != 5 && text.size() != 8) || text[2] != ':' || (text.size() == 8 && text[5] != ':')) return false;
    const int h = guichet::number_at(text, 0, 2), m = guichet::number_at(text, 3, 2),
              s = text.size() == 8 ? guichet::number_at(text, 6, 2) : 0;
    return h >= 0 && h <= 23 && m >= 0 && m <= 59 && s >= 0 && s <= 59;
}

std::string day_after(std::string_view day) {
    using namespace std::chrono;
    const auto parsed = parse_day(day);
    if (!parsed) return {};
    const year_month_day next{sys_days{*parsed} + days{1}};
    char out[16];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(next.year()), static_cast<unsigned>(next.month()),
                  static_cast<unsigned>(next.day()));
    return out;
}

std::optional<guichet::Time> to_instant(guichet::Ctx ctx, std::string_view day, std::string_view time) {
    const auto clock = std::string{day} + ' ' + std::string{time} + (time.size() == 5 ? ":00" : "");
    const auto rows = ctx.exec(
        "select t.at, to_char(t.at at time zone $2::text, $3) = $1::text from (select $1::text::timestamp at time zone $2::text as at) t",
        clock, ctx.zone(), kClock);
    return rows.boolean(0, 1) ? std::optional{rows.time(0, 0)} : std::nullopt;
}

LocalTime to_local(guichet::Ctx ctx, guichet::Time at) {
    const auto rows = ctx.exec("select to_char($1::timestamptz at time zone $2::text, $3)", at, ctx.zone(), kClock);
    const auto text = rows.text(0, 0);
    auto time = text.substr(11);
    if (time.ends_with(":00")) time.remove_suffix(3);
    return {std::string{text.substr(0, 10)}, std::string{time}};
}

std::string today(guichet::Ctx ctx) {
    return std::string{ctx.exec("select to_char(now() at time zone $1::text, 'YYYY-MM-DD')", ctx.zone()).text(0, 0)};
}

std::optional<guichet::Time> parse_instant(guichet::Ctx ctx, std::string_view text) {
    if (text.size() < 20 || !is_day(text.substr(0, 10)) || (text[10] != 'T' && text[10] != 't') || !is_time(text.substr(11, 8)))
        return std::nullopt;
    const auto second = text.substr(0, 19);
    auto rest = text.substr(19);
    if (rest[0] == '.') rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
    if (!is_offset(rest)) return std::nullopt;
    return ctx.exec("select $1::text::timestamptz", std::string{second} + std::string{rest}).time(0, 0);
}

}  // namespace timesheet
