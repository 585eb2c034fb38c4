// Recurrence rules (RFC 5545, 3.3.10) by libical, on the clock of the event's zone: 09:00 stays 09:00 when the clocks change.
#pragma once

#include "zone.hpp"

#include <libical/ical.h>

namespace calendar {

inline constexpr int kMostCounted = 3660;  // occurrences that a COUNT may ask for: ten years of days

// libical keeps memory per thread and frees it when the thread ends: it stays loaded when this library goes.
void keep_libical();

class Rule {
public:
    enum class Problem {
        none,
        unreadable,
        too_often,  // more than once a day: SECONDLY, MINUTELY, HOURLY, BYHOUR …, or another calendar than ours
        too_many,   // COUNT above kMostCounted
        ended,      // UNTIL is before the start
        never,      // no date fulfils it
    };
    static Problem check(std::string_view text, Local start, const Zone& zone);

    // Of a text that was checked. Throws Error{GUICHET_E_INVALID} for one that cannot be read.
    Rule(std::string_view text, Local start, const Zone& zone);

    // Starts in [from, to), at most so many. The event's own start is always the first of all.
    std::vector<Local> between(Local from, Local to, std::size_t most) const;
    // The last start; nullopt when it never ends.
    std::optional<Local> last() const;
    bool endless() const { return rule_.count == 0 && icaltime_is_null_time(rule_.until); }
    // The text of this rule that ends before a time (UTC), for the first part of a series that is cut in two.
    std::string until(guichet::Time before) const;
    // How many starts lie before a time: what is taken off a COUNT when the series is cut in two.
    int count_before(Local at) const;
    // The text with another COUNT.
    std::string counted(int count) const;
    const icalrecurrencetype& parts() const { return rule_; }

private:
    std::string text_of(icalrecurrencetype rule) const;
    Local start_;
    icalrecurrencetype rule_;   // UNTIL as the clock shows it
    icalrecurrencetype given_;  // UNTIL as it was written
};

icaltimetype to_ical(Local clock);
Local from_ical(const icaltimetype& time);

}  // namespace calendar
