// Masks of counters, in the syntax Dolibarr's users know: TICK-{yy}{mm}-{0000@99} gives TICK-2008-0021. Pure.
//
//   {0000}        the number, with at least three digits      {yyyy} {yy} {mm} {dd}   parts of the date
//   {0000+100}    starts after 100                             anything else            stands for itself
//   {0000@1}      starts again in January; @2 to @12 in that month, @0 with the fiscal year, @99 every month; with an offset:
//                 {0000+100@1} or {0000@1+100}
//
// A mask that starts again every year has the year in it; any other that starts again has year and month.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::core {

enum class CounterReset { never, yearly, fiscal, monthly };

struct CounterMask {
    enum class Kind { text, year, short_year, month, day, number };
    struct Part {
        Kind kind = Kind::text;
        std::string text;  // of Kind::text
        bool operator==(const Part&) const = default;
    };
    std::vector<Part> parts;  // texts that follow each other are one
    int digits = 4;           // 3 to 12
    std::int64_t offset = 0;
    CounterReset reset = CounterReset::never;
    int reset_month = 1;      // of CounterReset::yearly
    std::int64_t highest() const;  // that the digits can write
};

// Problem::code: "counter.empty", "counter.long", "counter.tag", "counter.brace", "counter.character", "counter.number" (none, or more
// than one), "counter.digits", "counter.offset", "counter.reset" (no such month), "counter.date" (the date that the reset needs is missing).
base::Result<CounterMask> parse_counter_mask(std::string_view mask);
std::string to_text(const CounterMask& mask);

struct CounterDate {
    int year = 1970, month = 1, day = 1;
};
CounterDate counter_date(std::int64_t at_us, std::string_view zone);

// "T2611-0042"
std::string write_number(const CounterMask& mask, const CounterDate& date, std::int64_t value);
// The same with # for the number: two masks that write the same around it count on from each other.
std::string number_shape(const CounterMask& mask, const CounterDate& date);
// What counts together: "" for ever, "2026/09" from a month on for a year, "2026-11".
std::string counter_period(const CounterMask& mask, const CounterDate& date, int fiscal_month);

// The mask as the zones that people edit.
struct CounterZones {
    std::string prefix;
    int year_digits = 0;  // 0, 2 or 4
    bool month = false, day = false;
    std::string separator;  // between the date and the number
    int digits = 4;
    std::string suffix;
    std::int64_t offset = 0;
    CounterReset reset = CounterReset::never;
    int reset_month = 1;
    bool operator==(const CounterZones&) const = default;
};
std::string to_mask(const CounterZones& zones);
std::optional<CounterZones> zones_of(const CounterMask& mask);  // nothing when its parts stand in another order

}  // namespace host::core
