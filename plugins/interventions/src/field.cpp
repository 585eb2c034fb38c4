#include "field.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace interventions {

using guichet::Value;

namespace {

constexpr int64_t kLongest = 1000 * 3600;  // seconds of a line
constexpr std::size_t kWholeDigits = 9, kDecimals = 3;

bool all_digits(std::string_view s) { return s.find_first_not_of("0123456789") == s.npos; }

std::optional<int> number(std::string_view s) {
    const auto n = !s.empty() && s.size() <= 9 && all_digits(s) ? guichet::to_integer(s) : std::nullopt;
    return n ? std::optional{static_cast<int>(*n)} : std::nullopt;
}

bool is_day(std::string_view s) {
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return false;
    const auto y = number(s.substr(0, 4)), m = number(s.substr(5, 2)), d = number(s.substr(8, 2));
    if (!y || !m || !d || *y < 1) return false;
    using namespace std::chrono;
    return year_month_day{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}}.ok();
}

// "19:02", "19:02:40", "19:02:40.5"
bool is_clock(std::string_view s) {
    if (const auto point = s.find('.'); point != s.npos) {
        if (point != 8 || point + 1 == s.size() || s.size() > 15 || !all_digits(s.substr(point + 1))) return false;
        s = s.substr(0, point);
    }
    if ((s.size() != 5 && s.size() != 8) || s[2] != ':' || (s.size() == 8 && s[5] != ':')) return false;
    const auto h = number(s.substr(0, 2)), m = number(s.substr(3, 2)), sec = s.size() == 8 ? number(s.substr(6, 2)) : std::optional{0};
    return h && m && sec && *h < 24 && *m < 60 && *sec < 60;
}

std::size_t zone_of(std::string_view s) { return std::min(s.find_first_of("Z+-", std::min<std::size_t>(11, s.size())), s.size()); }

bool is_moment(std::string_view s) {
    if (s.size() < 16 || s[10] != 'T' || !is_day(s.substr(0, 10)) || s < "1970" || s >= "9999") return false;
    const auto zone = s.substr(zone_of(s));
    const bool zoned = zone == "Z" || (zone.size() == 6 && is_clock(zone.substr(1)));
    return (zone.empty() || zoned) && is_clock(s.substr(11, zone_of(s) - 11));
}

std::string plain_number(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool blank = text[i] == ' ';
        for (const std::string_view narrow : {"\u00a0", "\u202f"})
            if (text.substr(i).starts_with(narrow)) blank = true, i += narrow.size() - 1;
        if (!blank) out += text[i] == ',' ? '.' : text[i];
    }
    return out;
}

bool is_decimal(std::string_view s) {
    const auto mark = std::min(s.find('.'), s.size());
    const auto whole = s.substr(0, mark), decimals = s.substr(std::min(mark + 1, s.size()));
    return !whole.empty() && whole.size() <= kWholeDigits && decimals.size() <= kDecimals && all_digits(whole) && all_digits(decimals);
}

std::string normalised_decimal(std::string text) {
    auto plain = plain_number(text);
    if (!is_decimal(plain)) return text;
    plain.erase(0, std::min(plain.find_first_not_of('0'), std::min(plain.find('.'), plain.size()) - 1));
    if (plain.find('.') != plain.npos)
        while (plain.ends_with('0')) plain.pop_back();
    if (plain.ends_with('.')) plain.pop_back();
    return plain;
}

// Hours and minutes as people write them; seconds as they are stored are more than four digits or come from JSON.
std::string normalised_duration(const std::string& text) {
    auto plain = plain_number(text);
    std::ranges::transform(plain, plain.begin(), [](char c) { return c == 'H' || c == ':' ? 'h' : c; });
    if (plain.ends_with("min") || plain.ends_with("mn")) plain.erase(plain.find('m'));
    else if (plain.find('h') == plain.npos) return text;
    const auto mark = plain.find('h');
    const auto hours = mark == plain.npos ? std::optional{0} : number(plain.substr(0, mark));
    const auto rest = mark == plain.npos ? plain : plain.substr(mark + 1);
    const auto minutes = rest.empty() ? std::optional{0} : number(rest);
    if (!hours || !minutes || (mark != plain.npos && *minutes > 59)) return text;
    return std::to_string(int64_t{*hours} * 3600 + int64_t{*minutes} * 60);
}

bool is_duration(std::string_view s) {
    const auto seconds = number(s);
    return seconds && *seconds <= kLongest;
}

}  // namespace

std::string normalise(Kind kind, std::string_view text) {
    auto out = kind == Kind::lines ? guichet::lines(text) : guichet::one_line(text);
    if (kind == Kind::decimal) return normalised_decimal(std::move(out));
    if (kind == Kind::duration) return normalised_duration(out);
    return out;
}

std::string_view problem_of(Kind kind, std::string_view value) {
    switch (kind) {
        case Kind::day:
            return is_day(value) ? "" : "Enter a date that exists, such as 2026-12-31.";
        case Kind::moment:
            return is_moment(value) ? "" : "Enter a date and a time that exist.";
        case Kind::reference:
            return number(value) || guichet::to_integer(value).value_or(0) > 0 ? "" : "This must be a whole number.";
        case Kind::decimal:
            return is_decimal(value) ? "" : "Enter a number that is not negative, such as 1.5, with three decimals at most.";
        case Kind::duration:
            return is_duration(value) ? "" : "Enter hours and minutes such as 1:30, at most 1000 hours.";
        default:
            return "";
    }
}

std::string hours_and_minutes(int64_t seconds) {
    const auto minutes = (seconds + 30) / 60;
    char out[32];
    std::snprintf(out, sizeof out, "%lld:%02lld", static_cast<long long>(minutes / 60), static_cast<long long>(minutes % 60));
    return out;
}

std::string rfc3339(guichet::Time time) {
    using namespace std::chrono;
    const sys_time<microseconds> at{microseconds{time.us}};
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const auto clock = (at - day).count();
    char out[48];
    std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(clock / 3'600'000'000),
                  static_cast<int>(clock / 60'000'000 % 60), static_cast<int>(clock / 1'000'000 % 60), static_cast<int>(clock % 1'000'000));
    return out;
}

bool has_zone(std::string_view moment) { return zone_of(moment) < moment.size(); }

Value choice_of(guichet::Ctx ctx, Value choices, std::string_view code) {
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i]["value"].text() == code) return choices[i];
    return ctx.object().set("value", code).set("label", code);
}

Value list_choices(guichet::Ctx ctx, std::string_view list) {
    auto out = ctx.array();
    const auto entries = ctx.list(list);
    for (std::size_t i = 0; i < entries.size(); ++i)
        out.push(ctx.object()
                     .set("value", entries[i]["code"])
                     .set("label", entries[i]["label"])
                     .set("color", entries[i]["color"])
                     .set("active", entries[i]["active"]));
    return out;
}

}  // namespace interventions
