// Numbers of documents, without gaps and never twice. The row of the counter is locked from the moment a number is
// taken until the transaction ends; whoever rolls back gives his number back.
//
// Of each thing that is written around a number ("T2611-#") the highest number is kept, and of each period as well.
// The next one is above both: after a change of the mask, numbers that look alike go on where they were, as with
// Dolibarr's "highest there is"; numbers that look different start again when the mask says so.
#pragma once

#include "base/result.hpp"
#include "core/counter_mask.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace host::core {

class SettingsState;

// Of the company; from the host's settings.
struct CounterCalendar {
    std::string zone;
    int fiscal_month = 1;
};
CounterCalendar counter_calendar(const SettingsState& settings);

// Inside the caller's transaction. Problems: "counter.unknown", "counter.full"; throws db::Error like any statement.
base::Result<std::string> next_number(db::Connection& connection, std::string_view counter_id, std::int64_t at_us, const CounterCalendar& calendar);

// What a mask would give, without taking anything.
struct CounterPreview {
    std::string number;            // "" when there is none left
    std::int64_t value = 0;        // of the number
    std::int64_t left = 0;         // numbers after it until the digits are used up
    std::int64_t highest = 0;      // number given so far by this counter, whatever it looks like
    bool goes_on = false;          // from numbers that look alike or belong to the same period
};
CounterPreview preview_number(db::Connection& connection, std::string_view counter_id, const CounterMask& mask, std::int64_t at_us,
                              const CounterCalendar& calendar);

}  // namespace host::core
