// When somebody works: hours of a week in a time zone, with exceptions; and arithmetic on them (sla.md 6.2). Everything is done on
// instants; a day is never taken for 86,400 seconds.
#pragma once

#include "holidays.hpp"
#include "zone.hpp"

#include <array>
#include <map>
#include <stdexcept>
#include <vector>

namespace sla {

// Of the day on which it opens, in minutes since its midnight on the wall. open 0 to 1439; close 0 to 1440, and of the next day
// when it is not after open: 00:00–00:00 is the whole day.
struct Segment {
    int open = 0, close = 0;
};
using Segments = std::vector<Segment>;  // none: closed; in any order, may overlap

struct MonthDay {
    unsigned month = 0, day = 0;
    auto operator<=>(const MonthDay&) const = default;
};

struct Calendar {
    std::string zone;
    std::array<Segments, 7> week;         // Monday first
    std::map<Day, Segments> dates;        // exceptions, before everything else
    std::map<MonthDay, Segments> yearly;  // exceptions of each year, before the week
    std::optional<Holidays> holidays{};   // closed then, unless an exception says otherwise
};

// A calendar that never opens: within 400 days after the instant asked about (6.2, 6); or so seldom that what is asked for is more
// than a hundred years away.
struct NeverOpen : std::runtime_error {
    NeverOpen() : std::runtime_error{"the calendar has not enough working time"} {}
};

// Makes openings as they are asked for and keeps them. One thread at a time.
class Opening {
public:
    // Throws std::invalid_argument for a zone that is not known and hours out of range.
    explicit Opening(Calendar calendar);

    const Zone& zone() const { return zone_; }
    // at itself when it is open then; of a closing the next one (6.2, 4). Throws NeverOpen.
    Instant next_open(Instant at);
    // How long it stays open from then on; 0 while it is closed.
    std::chrono::seconds open_for(Instant at);
    // Working time in [from, to); 0 when to is not after from.
    std::chrono::seconds between(Instant from, Instant to);
    // The first instant at which that much has been worked since start, so that it may be a closing; for nothing the next opening.
    // Throws NeverOpen.
    Instant add(Instant start, std::chrono::seconds worked);
    // The same clock time on the n-th working day after that of start, within the hours of that day: before them their beginning,
    // between two the next, after them their end. start on a closed day is its next opening (6.2, 5). Throws NeverOpen.
    Instant add_days(Instant start, int working_days);

private:
    struct Interval {
        Instant open, close;
        std::chrono::seconds before{};  // worked since the first interval
    };

    const Segments& segments(Day day) const;
    std::vector<Interval> intervals(Day first, Day last) const;  // merged, in order
    void cover(Day first, Day last);
    std::vector<Interval>::const_iterator first_closing_after(Instant at) const;
    std::chrono::seconds worked_before(Instant at) const;  // what cover() includes
    std::chrono::seconds total() const;
    Day opening_day(Instant at) const;
    Instant within(Day day, Instant wanted) const;

    Calendar calendar_;
    Zone zone_;
    const Segments closed_;
    Day first_{}, last_{};  // days whose segments are in intervals_
    std::vector<Interval> intervals_;
};

}  // namespace sla
