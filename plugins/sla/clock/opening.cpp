#include "opening.hpp"

#include <algorithm>

namespace sla {

using namespace std::chrono;

namespace {

constexpr days kLongestClosing{400};
constexpr days kFarthest{36'525};

Zone zone_of(const std::string& name) {
    auto zone = Zone::find(name);
    if (!zone) throw std::invalid_argument{"the time zone " + name + " is not known"};
    return std::move(*zone);
}

void check(const Segments& segments) {
    for (const auto& s : segments)
        if (s.open < 0 || s.open >= 1440 || s.close < 0 || s.close > 1440) throw std::invalid_argument{"hours are from 00:00 to 24:00"};
}

void check(const Calendar& calendar) {
    for (const auto& segments : calendar.week) check(segments);
    for (const auto& [day, segments] : calendar.dates) check(segments);
    for (const auto& [day, segments] : calendar.yearly) check(segments);
}

Day day_of(Local clock) { return floor<days>(clock); }

}  // namespace

Opening::Opening(Calendar calendar) : calendar_{std::move(calendar)}, zone_{zone_of(calendar_.zone)} { check(calendar_); }

const Segments& Opening::segments(Day day) const {
    if (const auto it = calendar_.dates.find(day); it != calendar_.dates.end()) return it->second;
    if (!calendar_.yearly.empty()) {
        const year_month_day date{day};
        const auto it = calendar_.yearly.find({static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())});
        if (it != calendar_.yearly.end()) return it->second;
    }
    if (calendar_.holidays && is_holiday(*calendar_.holidays, day)) return closed_;
    return calendar_.week[weekday{day}.iso_encoding() - 1];
}

std::vector<Opening::Interval> Opening::intervals(Day first, Day last) const {
    std::vector<Interval> out;
    for (Day day = first; day <= last; day += days{1}) {
        const auto from = out.size();
        for (const auto& s : segments(day)) {
            const auto close = day + minutes{s.close} + (s.close <= s.open ? days{1} : days{0});
            const Interval one{zone_.opening(day + minutes{s.open}), zone_.closing(close)};
            if (one.open < one.close) out.push_back(one);
        }
        std::sort(out.begin() + static_cast<std::ptrdiff_t>(from), out.end(), [](const auto& a, const auto& b) { return a.open < b.open; });
    }
    std::size_t kept = 0;
    for (const auto& next : out) {
        if (kept > 0 && next.open <= out[kept - 1].close) out[kept - 1].close = std::max(out[kept - 1].close, next.close);
        else out[kept++] = next;
    }
    out.resize(kept);
    seconds worked{0};
    for (auto& one : out) {
        one.before = worked;
        worked += one.close - one.open;
    }
    return out;
}

// The nights before and after belong to what is asked about.
void Opening::cover(Day first, Day last) {
    first -= days{2};
    last += days{2};
    if (first_ != last_ && first_ <= first && last <= last_) return;
    if (first_ == last_) first_ = first, last_ = std::max(last, first + kLongestClosing);
    else {
        const auto width = last_ - first_;  // wider each time, so that many small steps do not begin anew each time
        if (first < first_) first_ = std::min(first, first_ - width);
        if (last > last_) last_ = std::max(last, last_ + width);
    }
    intervals_ = intervals(first_, last_);
}

std::vector<Opening::Interval>::const_iterator Opening::first_closing_after(Instant at) const {
    return std::upper_bound(intervals_.begin(), intervals_.end(), at, [](Instant t, const Interval& one) { return t < one.close; });
}

seconds Opening::worked_before(Instant at) const {
    const auto it = first_closing_after(at);
    if (it == intervals_.end()) return total();
    return it->before + std::max(seconds{0}, at - it->open);
}

seconds Opening::total() const {
    return intervals_.empty() ? seconds{0} : intervals_.back().before + (intervals_.back().close - intervals_.back().open);
}

Instant Opening::next_open(Instant at) {
    const auto day = day_of(zone_.local(at));
    cover(day, day + kLongestClosing);
    const auto it = first_closing_after(at);
    if (it == intervals_.end()) throw NeverOpen{};
    return std::max(at, it->open);
}

seconds Opening::open_for(Instant at) {
    const auto day = day_of(zone_.local(at));
    cover(day, day);
    const auto it = first_closing_after(at);
    return it == intervals_.end() || at < it->open ? seconds{0} : it->close - at;
}

seconds Opening::between(Instant from, Instant to) {
    if (to <= from) return seconds{0};
    cover(day_of(zone_.local(from)), day_of(zone_.local(to)));
    return worked_before(to) - worked_before(from);
}

Instant Opening::add(Instant start, seconds worked) {
    start = next_open(start);
    if (worked <= seconds{0}) return start;
    auto wanted = worked_before(start) + worked;
    const auto farthest = day_of(zone_.local(start)) + kFarthest;
    while (total() < wanted) {
        const auto had = total();
        if (last_ > farthest) throw NeverOpen{};
        cover(first_ + days{2}, last_ + kLongestClosing);
        if (total() == had) throw NeverOpen{};
    }
    const auto it = std::lower_bound(intervals_.begin(), intervals_.end(), wanted,
                                     [](const Interval& one, seconds w) { return one.before + (one.close - one.open) < w; });
    return it->open + (wanted - it->before);
}

// Whose hours include the instant: of a night after midnight the day before. Else the day on the wall.
Day Opening::opening_day(Instant at) const {
    const auto day = day_of(zone_.local(at));
    for (const auto& one : intervals(day - days{1}, day - days{1}))
        if (one.open <= at && at < one.close) return day - days{1};
    return day;
}

Instant Opening::within(Day day, Instant wanted) const {
    const auto hours = intervals(day, day);
    for (const auto& one : hours) {
        if (wanted < one.open) return one.open;
        if (wanted <= one.close) return wanted;
    }
    return hours.back().close;
}

Instant Opening::add_days(Instant start, int working_days) {
    if (const auto day = opening_day(start); intervals(day, day).empty()) start = next_open(start);
    auto day = opening_day(start);
    const auto farthest = day + kFarthest;
    const auto since_midnight = zone_.local(start) - day;
    days closed{0};
    for (int n = 0; n < working_days;) {
        day += days{1};
        const bool works = !intervals(day, day).empty();
        n += works ? 1 : 0;
        closed = works ? days{0} : closed + days{1};
        if (closed > kLongestClosing || day > farthest) throw NeverOpen{};
    }
    return within(day, zone_.opening(day + since_midnight));
}

}  // namespace sla
