#include "zone.hpp"

#include <cstdio>

namespace calendar {

using namespace std::chrono;

namespace {

constexpr double kMs = 1000.0;

icu::UnicodeString unicode(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece{text.data(), static_cast<int32_t>(text.size())});
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

std::unique_ptr<icu::BasicTimeZone> rules_of(const icu::UnicodeString& name) {
    std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(name)};
    if (*zone == icu::TimeZone::getUnknown()) return nullptr;
    auto* basic = dynamic_cast<icu::BasicTimeZone*>(zone.get());
    if (basic) (void)zone.release();
    return std::unique_ptr<icu::BasicTimeZone>{basic};
}

std::optional<Day> day(int y, int m, int d) {
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, std::chrono::day{static_cast<unsigned>(d)}};
    if (y < 1970 || y > 2199 || m < 0 || d < 0 || !date.ok()) return std::nullopt;
    return Day{date};
}

std::optional<Local> clock(std::optional<Day> date, int h, int m, int s) {
    if (!date || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59) return std::nullopt;
    return Local{*date} + hours{h} + minutes{m} + seconds{s};
}

guichet::Time to_time(Local utc) { return {duration_cast<microseconds>(utc.time_since_epoch()).count()}; }
Local to_local(guichet::Time at) { return floor<seconds>(local_time<microseconds>{microseconds{at.us}}); }

// "Z" or "+02:00".
std::optional<seconds> parse_offset(std::string_view text) {
    if (text == "Z" || text == "z") return seconds{0};
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    const int h = guichet::number_at(text, 1, 2), m = guichet::number_at(text, 4, 2);
    if (h < 0 || h > 23 || m < 0 || m > 59) return std::nullopt;
    return (text[0] == '-' ? -1 : 1) * (hours{h} + minutes{m});
}

}  // namespace

std::optional<Zone> Zone::find(std::string_view name) {
    if (name.empty() || name.size() > 80) return std::nullopt;
    if (auto rules = rules_of(unicode(name))) return Zone{std::string{name}, std::move(rules)};
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString id;
    icu::TimeZone::getIDForWindowsID(unicode(name), nullptr, id, status);
    if (U_FAILURE(status) || id.isEmpty()) return std::nullopt;
    auto rules = rules_of(id);
    if (!rules) return std::nullopt;
    return Zone{utf8(id), std::move(rules)};
}

Zone Zone::of(std::string_view name) {
    auto zone = find(name);
    return zone ? *zone : *find("UTC");
}

Local Zone::local(guichet::Time at) const {
    UErrorCode status = U_ZERO_ERROR;
    int32_t raw = 0, saving = 0;
    const auto utc = to_local(at);
    rules_->getOffset(static_cast<double>(utc.time_since_epoch().count()) * kMs, false, raw, saving, status);
    return utc + floor<seconds>(milliseconds{raw + saving});
}

guichet::Time Zone::instant(Local clock) const {
    UErrorCode status = U_ZERO_ERROR;
    int32_t raw = 0, saving = 0;
    rules_->getOffsetFromLocal(static_cast<double>(clock.time_since_epoch().count()) * kMs, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw,
                               saving, status);
    return to_time(clock - floor<seconds>(milliseconds{raw + saving}));
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    return day(guichet::number_at(text, 0, 4), guichet::number_at(text, 5, 2), guichet::number_at(text, 8, 2));
}

std::string format_day(Day day) {
    const year_month_day date{day};
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()));
    return out;
}

std::optional<Local> parse_clock(std::string_view text) {
    if ((text.size() != 16 && text.size() != 19) || text[10] != 'T' || text[13] != ':' || (text.size() == 19 && text[16] != ':'))
        return std::nullopt;
    return clock(parse_day(text.substr(0, 10)), guichet::number_at(text, 11, 2), guichet::number_at(text, 14, 2),
                 text.size() == 19 ? guichet::number_at(text, 17, 2) : 0);
}

std::string format_clock(Local clock) {
    const auto date = day_of(clock);
    const hh_mm_ss time{clock - date};
    char out[16];
    std::snprintf(out, sizeof out, "T%02d:%02d", static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()));
    return format_day(date) + out;
}

std::optional<guichet::Time> parse_instant(std::string_view text) {
    if (text.size() < 20) return std::nullopt;
    const auto utc = parse_clock(text.substr(0, 19));
    auto rest = text.substr(19);
    if (rest[0] == '.') rest.remove_prefix(std::min(rest.find_first_not_of("0123456789", 1), rest.size()));
    const auto offset = parse_offset(rest);
    if (!utc || !offset) return std::nullopt;
    return to_time(*utc - *offset);
}

std::string format_utc(guichet::Time at) {
    const auto utc = to_local(at);
    const auto date = day_of(utc);
    const year_month_day ymd{date};
    const hh_mm_ss time{utc - date};
    char out[48];
    std::snprintf(out, sizeof out, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                  static_cast<unsigned>(ymd.day()), static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return out;
}

std::optional<guichet::Time> parse_utc(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto utc = clock(day(guichet::number_at(text, 0, 4), guichet::number_at(text, 4, 2), guichet::number_at(text, 6, 2)),
                           guichet::number_at(text, 9, 2), guichet::number_at(text, 11, 2), guichet::number_at(text, 13, 2));
    return utc ? std::optional{to_time(*utc)} : std::nullopt;
}

}  // namespace calendar
