// Schedules of five fields as cron(8) of Debian reads them: minute, hour, day of the month, month, day of the week, each
// "*" or a list of numbers and ranges with optional steps; 0 and 7 are Sunday. When both days are restricted, either is
// enough. Times are those of a zone.
#pragma once

#include "i18n/zone.hpp"

#include <bitset>
#include <optional>
#include <string_view>
#include <vector>

namespace host::job {

class Cron {
public:
    // Nothing when it is malformed or never comes ("0 0 31 2 *").
    static std::optional<Cron> parse(std::string_view text);

    // The first time after this one. A time of day that the clocks skip runs at the first instant after the gap, one
    // that comes twice runs the first time only; but "every hour" stays every hour.
    i18n::Time next(i18n::Time after, const i18n::Zone& zone) const;

private:
    bool on_day(std::chrono::year_month_day day) const;
    std::vector<i18n::Time> times_of(std::chrono::local_days day, const i18n::Zone& zone) const;

    std::bitset<60> minutes_;
    std::bitset<24> hours_;
    std::bitset<32> days_;
    std::bitset<13> months_;
    std::bitset<7> weekdays_;
    bool any_hour_ = false, any_day_ = false, any_weekday_ = false;
};

}  // namespace host::job
