#include "ics.hpp"

#include <libical/ical.h>

#include <memory>

namespace sla {

using namespace std::chrono;

namespace {

constexpr std::size_t kMostDays = 1000;
constexpr int kLongestEvent = 366, kYears = 10;

std::optional<Day> day_of(const icaltimetype& time) {
    const year_month_day date{year{time.year}, month{static_cast<unsigned>(time.month)}, day{static_cast<unsigned>(time.day)}};
    if (icaltime_is_null_time(time) || !date.ok() || time.year < 1970 || time.year > 2199) return std::nullopt;
    return Day{date};
}

// The days that an event takes: of whole days the end is the day after the last one.
int length_of(icalcomponent* event, Day first) {
    auto* end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
    const auto until = end ? icalproperty_get_dtend(end) : icaltime_null_time();
    const auto last = day_of(until);
    if (!last) return 1;
    const bool past_midnight = !until.is_date && (until.hour > 0 || until.minute > 0 || until.second > 0);
    return std::clamp(static_cast<int>((*last - first).count()) + (past_midnight ? 1 : 0), 1, kLongestEvent);
}

bool is_each_year(const icalrecurrencetype& rule) {
    return rule.freq == ICAL_YEARLY_RECURRENCE && rule.interval <= 1 && rule.count == 0 && icaltime_is_null_time(rule.until) &&
           rule.by_day[0] == ICAL_RECURRENCE_ARRAY_MAX && rule.by_year_day[0] == ICAL_RECURRENCE_ARRAY_MAX &&
           rule.by_week_no[0] == ICAL_RECURRENCE_ARRAY_MAX && rule.by_set_pos[0] == ICAL_RECURRENCE_ARRAY_MAX;
}

void add(ClosedDays& to, Day first, int length) {
    for (int i = 0; i < length && to.days.size() < kMostDays; ++i) to.days.insert(first + days{i});
}

void add_yearly(ClosedDays& to, Day first, int length) {
    for (int i = 0; i < length; ++i) {
        const year_month_day date{first + days{i}};
        to.yearly.insert({static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())});
    }
}

void add_event(ClosedDays& to, icalcomponent* event) {
    auto* begin = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
    const auto start = begin ? icalproperty_get_dtstart(begin) : icaltime_null_time();
    const auto first = day_of(start);
    if (!first) return;
    const int length = length_of(event, *first);
    auto* repetition = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
    if (!repetition) return add(to, *first, length);
    const auto rule = icalproperty_get_rrule(repetition);
    if (is_each_year(rule)) return add_yearly(to, *first, length);
    const std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> occurrences{icalrecur_iterator_new(rule, start),
                                                                                              icalrecur_iterator_free};
    if (!occurrences) return;
    for (auto next = icalrecur_iterator_next(occurrences.get()); to.days.size() < kMostDays;
         next = icalrecur_iterator_next(occurrences.get())) {
        const auto on = day_of(next);
        if (!on || *on > *first + years{kYears}) return;
        add(to, *on, length);
    }
}

}  // namespace

std::optional<ClosedDays> read_ics(const std::string& text) {
    const std::unique_ptr<icalcomponent, decltype(&icalcomponent_free)> root{icalparser_parse_string(text.c_str()), icalcomponent_free};
    if (!root || icalcomponent_isa(root.get()) != ICAL_VCALENDAR_COMPONENT) return std::nullopt;
    ClosedDays out;
    for (auto* event = icalcomponent_get_first_component(root.get(), ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(root.get(), ICAL_VEVENT_COMPONENT))
        add_event(out, event);
    return out;
}

}  // namespace sla
