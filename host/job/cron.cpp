#include "job/cron.hpp"

#include "base/strings.hpp"

#include <charconv>

namespace host::job {
namespace {

using namespace std::chrono;
using i18n::Time;

constexpr int kLongestWaitDays = 366 * 9;  // 29 February, across a century without it

std::optional<unsigned> number(std::string_view text) {
    unsigned n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return n;
}

struct Range {
    unsigned first, last, step;
};

// "*", "7", "1-5", "*/15", "10-20/5", "30/10"
std::optional<Range> parse_range(std::string_view text, unsigned low, unsigned high) {
    const auto slash = text.find('/');
    const auto step = slash == text.npos ? std::optional{1u} : number(text.substr(slash + 1));
    const auto what = text.substr(0, slash);
    const auto dash = what.find('-');
    std::optional<unsigned> first{low}, last{high};
    if (what != "*") {
        first = number(what.substr(0, dash));
        if (dash != what.npos) last = number(what.substr(dash + 1));
        else if (slash == text.npos) last = first;
    }
    if (!step || !first || !last || *step == 0 || *first < low || *last > high || *first > *last) return std::nullopt;
    return Range{*first, *last, *step};
}

template <std::size_t N>
bool parse_field(std::string_view text, unsigned low, unsigned high, std::bitset<N>& out) {
    for (const auto part : base::split(text, ',')) {
        const auto range = parse_range(part, low, high);
        if (!range) return false;
        for (unsigned n = range->first; n <= range->last; n += range->step) out.set(n % N);
    }
    return true;
}

// The instants at which clocks of the zone show a time: none in a gap, two in an hour that comes twice.
std::vector<Time> instants(local_time<microseconds> local, const i18n::Zone& zone) {
    const Time as_utc{local.time_since_epoch()};
    const auto before = zone.offset(as_utc - hours{24}), after = zone.offset(as_utc + hours{24});
    std::vector<Time> out;
    for (const auto offset : {before, after})
        if (const Time utc = as_utc - offset; zone.offset(utc) == offset && (out.empty() || out.back() != utc)) out.push_back(utc);
    return out;
}

// The first instant after the gap in which a time is.
Time end_of_gap(local_time<microseconds> local, const i18n::Zone& zone) {
    const Time as_utc{local.time_since_epoch()};
    const auto before = zone.offset(as_utc - hours{24});
    Time low = as_utc - hours{24}, high = as_utc + hours{24};
    while (high - low > seconds{1}) {
        const Time middle = low + (high - low) / 2;
        (zone.offset(middle) == before ? low : high) = middle;
    }
    return floor<minutes>(high);
}

}  // namespace

std::optional<Cron> Cron::parse(std::string_view text) {
    const auto fields = base::split(text, ' ');
    if (fields.size() != 5) return std::nullopt;
    Cron cron;
    if (!parse_field(fields[0], 0, 59, cron.minutes_) || !parse_field(fields[1], 0, 23, cron.hours_) || !parse_field(fields[2], 1, 31, cron.days_) ||
        !parse_field(fields[3], 1, 12, cron.months_) || !parse_field(fields[4], 0, 7, cron.weekdays_))
        return std::nullopt;
    cron.any_hour_ = fields[1].starts_with('*');
    cron.any_day_ = fields[2].starts_with('*');
    cron.any_weekday_ = fields[4].starts_with('*');
    const sys_days start{year{2000} / 1 / 1};
    for (int i = 0; i < kLongestWaitDays; ++i)
        if (cron.on_day(start + days{i})) return cron;
    return std::nullopt;
}

bool Cron::on_day(year_month_day day) const {
    if (!months_[static_cast<unsigned>(day.month())]) return false;
    const bool of_month = days_[static_cast<unsigned>(day.day())], of_week = weekdays_[weekday{sys_days{day}}.c_encoding()];
    return any_day_ || any_weekday_ ? of_month && of_week : of_month || of_week;
}

std::vector<Time> Cron::times_of(local_days day, const i18n::Zone& zone) const {
    std::vector<Time> out;
    for (unsigned hour = 0; hour < 24; ++hour)
        for (unsigned minute = 0; hours_[hour] && minute < 60; ++minute) {
            if (!minutes_[minute]) continue;
            const auto local = day + hours{hour} + minutes{minute};
            auto found = instants(local, zone);
            if (!any_hour_ && found.size() > 1) found.resize(1);
            if (!any_hour_ && found.empty()) found = {end_of_gap(local, zone)};
            out.insert(out.end(), found.begin(), found.end());
        }
    return out;
}

Time Cron::next(Time after, const i18n::Zone& zone) const {
    const local_time<microseconds> local{(after + zone.offset(after)).time_since_epoch()};
    auto day = floor<days>(local) - days{1};  // a gap may end on the next day
    for (int i = 0; i <= kLongestWaitDays; ++i, day += days{1}) {
        if (!on_day(year_month_day{day})) continue;
        auto earliest = Time::max();
        for (const auto time : times_of(day, zone))
            if (time > after) earliest = std::min(earliest, time);
        if (earliest != Time::max()) return earliest;
    }
    return Time::max();
}

}  // namespace host::job
