#include "duration.hpp"

#include <array>
#include <cstdio>

namespace timesheet {
namespace {

constexpr int64_t kMinute = 60, kHour = 3600;
constexpr int64_t kMostSeconds = 100'000 * kHour;

// Lower case, without any blank: no-break ones come from what was copied out of our pages.
std::string compact(std::string_view text) {
    constexpr std::array<std::string_view, 3> kBlanks = {" ", "\xc2\xa0", "\xe2\x80\xaf"};
    std::string out;
    while (!text.empty()) {
        const auto* blank = std::ranges::find_if(kBlanks, [&](std::string_view b) { return text.starts_with(b); });
        if (blank == kBlanks.end()) out += text[0] >= 'A' && text[0] <= 'Z' ? static_cast<char>(text[0] - 'A' + 'a') : text[0];
        text.remove_prefix(blank == kBlanks.end() ? 1 : blank->size());
    }
    return out;
}

// Takes digits off the front; nullopt without any, or with too many.
std::optional<int64_t> take_number(std::string_view& text) {
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    if (end == 0 || end > 9) return std::nullopt;
    const auto out = guichet::to_integer(text.substr(0, end));
    text.remove_prefix(end);
    return out;
}

std::optional<int64_t> take_unit(std::string_view& text) {
    struct Unit {
        std::string_view name;
        int64_t seconds;
    };
    constexpr Unit kUnits[] = {{"heures", kHour}, {"heure", kHour}, {"hours", kHour}, {"hour", kHour}, {"h", kHour},
                               {"min", kMinute},  {"mn", kMinute},  {"m", kMinute},   {"sec", 1},      {"s", 1}};
    for (const auto& unit : kUnits) {
        if (!text.starts_with(unit.name)) continue;
        text.remove_prefix(unit.name.size());
        return unit.seconds;
    }
    return std::nullopt;
}

// "1:30" or "1:30:20".
std::optional<int64_t> parse_clock(std::string_view text) {
    const auto hours = take_number(text);
    int64_t total = hours.value_or(0) * kHour, unit = kMinute;
    for (; hours && unit >= 1 && text.starts_with(':'); unit = unit == kMinute ? 1 : 0) {
        text.remove_prefix(1);
        const auto before = text.size();
        const auto part = take_number(text);
        if (!part || before - text.size() != 2 || *part > 59) return std::nullopt;
        total += *part * unit;
    }
    return hours && text.empty() ? std::optional{total} : std::nullopt;
}

// "1,5h": tenths to ten-thousandths of an hour.
std::optional<int64_t> parse_decimal(std::string_view text) {
    const auto whole = take_number(text);
    if (!whole || text.empty()) return std::nullopt;
    text.remove_prefix(1);
    const auto before = text.size();
    const auto part = take_number(text);
    const auto digits = before - text.size();
    if (!part || digits > 4 || take_unit(text) != kHour || !text.empty()) return std::nullopt;
    int64_t scale = 1;
    for (std::size_t i = 0; i < digits; ++i) scale *= 10;
    return *whole * kHour + (*part * kHour + scale / 2) / scale;
}

// "1h30", "1h05min20s": each unit once, the larger first; what follows "h" without a unit are minutes.
std::optional<int64_t> parse_units(std::string_view text) {
    int64_t total = 0, before = kMostSeconds;
    while (!text.empty()) {
        const auto number = take_number(text);
        if (!number) return std::nullopt;
        const auto unit = text.empty() && before == kHour ? std::optional{kMinute} : take_unit(text);
        if (!unit || *unit >= before || (before != kMostSeconds && *number > 59)) return std::nullopt;
        total += *number * *unit;
        before = *unit;
    }
    return total;
}

std::string number(int64_t n, int digits) {
    char out[24];
    std::snprintf(out, sizeof out, "%0*lld", digits, static_cast<long long>(n));
    return out;
}

}  // namespace

std::optional<int64_t> parse_duration(std::string_view text) {
    const auto typed = compact(text);
    if (typed.empty()) return std::nullopt;
    const auto seconds = typed.find(':') != typed.npos             ? parse_clock(typed)
                         : typed.find_first_of(",.") != typed.npos ? parse_decimal(typed)
                                                                   : parse_units(typed);
    return seconds && *seconds <= kMostSeconds ? seconds : std::nullopt;
}

std::string format_duration(guichet::Ctx ctx, int64_t seconds) {
    const auto hours = seconds / kHour, minutes = seconds % kHour / kMinute, rest = seconds % kMinute;
    const auto h = std::to_string(hours), m = number(minutes, hours ? 2 : 1), s = number(rest, hours || minutes ? 2 : 1);
    if (hours && rest) return guichet::fill(ctx.tr("%1 h %2 min %3 s"), {h, m, s});
    if (hours && minutes) return guichet::fill(ctx.tr("%1 h %2 min"), {h, m});
    if (hours) return guichet::fill(ctx.tr("%1 h"), {h});
    if (minutes && rest) return guichet::fill(ctx.tr("%1 min %2 s"), {m, s});
    if (rest) return guichet::fill(ctx.tr("%1 s"), {s});
    return guichet::fill(ctx.tr("%1 min"), {m});
}

std::string clock_text(int64_t seconds) {
    return std::to_string(seconds / kHour) + ':' + number(seconds % kHour / kMinute, 2) + ':' + number(seconds % kMinute, 2);
}

std::string decimal_hours(guichet::Ctx ctx, int64_t seconds) {
    const auto ten_thousandths = (seconds * 10'000 + kHour / 2) / kHour;
    auto out = std::to_string(ten_thousandths / 10'000) + (ctx.language() == "fr" ? "," : ".") + number(ten_thousandths % 10'000, 4);
    while (out.ends_with('0')) out.pop_back();
    if (out.ends_with(',') || out.ends_with('.')) out.pop_back();
    return out;
}

}  // namespace timesheet
