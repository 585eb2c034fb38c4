#include "rule.hpp"

#include <dlfcn.h>

#include <memory>

namespace calendar {

using namespace std::chrono;

namespace {

constexpr years kMostYears{130};  // how far a rule is followed: libical would look for its next date for centuries

struct Free {
    void operator()(icalrecur_iterator* it) const noexcept { icalrecur_iterator_free(it); }
};
using Iterator = std::unique_ptr<icalrecur_iterator, Free>;

Iterator iterate(icalrecurrencetype rule, Local start) {
    if (icaltime_is_null_time(rule.until)) rule.until = to_ical(floor<seconds>(start + kMostYears));
    return Iterator{icalrecur_iterator_new(rule, to_ical(start))};
}

std::optional<Local> next(const Iterator& it) {
    const auto time = it ? icalrecur_iterator_next(it.get()) : icaltime_null_time();
    return icaltime_is_null_time(time) ? std::nullopt : std::optional{from_ical(time)};
}

icalrecurrencetype read(std::string_view text) { return icalrecurrencetype_from_string(std::string{text}.c_str()); }

// A day means until its end.
Local until_local(const icaltimetype& until, const Zone& zone) {
    auto time = until;
    if (time.is_date) return from_ical(time) + days{1} - seconds{1};
    const auto clock = from_ical(time);
    if (!icaltime_is_utc(time)) return clock;
    return zone.local({duration_cast<microseconds>(clock.time_since_epoch()).count()});
}

bool is_set(short value) { return value != ICAL_RECURRENCE_ARRAY_MAX; }

bool too_often(const icalrecurrencetype& rule) {
    return rule.freq < ICAL_DAILY_RECURRENCE || is_set(rule.by_hour[0]) || is_set(rule.by_minute[0]) || is_set(rule.by_second[0]) ||
           rule.rscale;
}

bool readable(const icalrecurrencetype& rule, std::string_view text) {
    return rule.freq != ICAL_NO_RECURRENCE && rule.count >= 0 && rule.interval >= 1 && text.find_first_of("\r\n:") == text.npos;
}

}  // namespace

void keep_libical() {
    ::dlopen("libical.so.3", RTLD_NOW | RTLD_NOLOAD | RTLD_NODELETE);
    icalerror_set_errors_are_fatal(0);
}

icaltimetype to_ical(Local clock) {
    const auto day = day_of(clock);
    const year_month_day date{day};
    const hh_mm_ss time{clock - day};
    auto out = icaltime_null_time();
    out.year = static_cast<int>(date.year());
    out.month = static_cast<int>(static_cast<unsigned>(date.month()));
    out.day = static_cast<int>(static_cast<unsigned>(date.day()));
    out.hour = static_cast<int>(time.hours().count());
    out.minute = static_cast<int>(time.minutes().count());
    out.second = static_cast<int>(time.seconds().count());
    return out;
}

Local from_ical(const icaltimetype& time) {
    const year_month_day date{year{time.year}, month{static_cast<unsigned>(time.month)}, day{static_cast<unsigned>(time.day)}};
    const auto midnight = Local{local_days{date}};
    return time.is_date ? midnight : midnight + hours{time.hour} + minutes{time.minute} + seconds{time.second};
}

Rule::Problem Rule::check(std::string_view text, Local start, const Zone& zone) {
    const auto rule = read(text);
    if (!readable(rule, text)) return Problem::unreadable;
    if (too_often(rule)) return Problem::too_often;
    if (rule.count > kMostCounted) return Problem::too_many;
    if (!icaltime_is_null_time(rule.until) && until_local(rule.until, zone) < start) return Problem::ended;
    const Rule checked{text, start, zone};
    return next(iterate(checked.rule_, start)) ? Problem::none : Problem::never;
}

Rule::Rule(std::string_view text, Local start, const Zone& zone) : start_{start}, rule_{read(text)}, given_{rule_} {
    if (!readable(rule_, text) || too_often(rule_)) throw guichet::Error{GUICHET_E_INVALID, "not a recurrence rule that can be followed"};
    if (!icaltime_is_null_time(rule_.until)) rule_.until = to_ical(until_local(rule_.until, zone));
}

std::vector<Local> Rule::between(Local from, Local to, std::size_t most) const {
    std::vector<Local> out;
    if (start_ >= from && start_ < to && most > 0) out.push_back(start_);
    const auto it = iterate(rule_, start_);
    // libical can begin later when nothing is counted
    if (it && rule_.count == 0 && from > start_ + days{31}) icalrecur_iterator_set_start(it.get(), to_ical(from - days{1}));
    for (auto at = next(it); at && *at < to && out.size() < most; at = next(it))
        if (*at >= from && *at != start_) out.push_back(*at);
    return out;
}

std::optional<Local> Rule::last() const {
    if (endless()) return std::nullopt;
    auto out = start_;
    const auto it = iterate(rule_, start_);
    for (auto at = next(it); at; at = next(it)) out = std::max(out, *at);
    return out;
}

int Rule::count_before(Local at) const {
    int out = 0;
    const auto it = iterate(rule_, start_);
    for (auto each = next(it); each && *each < at; each = next(it)) ++out;
    return out;
}

std::string Rule::text_of(icalrecurrencetype rule) const {
    std::unique_ptr<char, void (*)(void*)> text{icalrecurrencetype_as_string_r(&rule), icalmemory_free_buffer};
    return text ? text.get() : "";
}

std::string Rule::until(guichet::Time before) const {
    auto rule = given_;
    rule.count = 0;
    rule.until = icaltime_from_string(format_utc({before.us - 1'000'000}).c_str());
    return text_of(rule);
}

std::string Rule::counted(int count) const {
    auto rule = given_;
    rule.count = count;
    return text_of(rule);
}

}  // namespace calendar
