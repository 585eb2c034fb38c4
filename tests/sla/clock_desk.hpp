// Calendars and instants as the tables of the tests write them.
#pragma once

#include "deadline.hpp"

#include <cstdio>
#include <ostream>
#include <string>

namespace sla {

inline Day day(int y, unsigned m, unsigned d) { return Day{std::chrono::year{y} / std::chrono::month{m} / std::chrono::day{d}}; }

// "2026-03-02 10:00" on the wall of the zone.
inline Instant at(const std::string& text, const std::string& zone = "Europe/Paris") {
    int y = 0, h = 0, min = 0;
    unsigned m = 0, d = 0;
    if (std::sscanf(text.c_str(), "%d-%u-%u %d:%d", &y, &m, &d, &h, &min) != 5) throw std::invalid_argument{text};
    return Zone::find(zone)->opening(day(y, m, d) + std::chrono::hours{h} + std::chrono::minutes{min});
}

inline Calendar office(Segments hours = {{9 * 60, 17 * 60}}) {
    Calendar out{.zone = "Europe/Paris", .week = {}, .dates = {}, .yearly = {}};
    for (std::size_t i = 0; i < 5; ++i) out.week[i] = hours;
    return out;
}

inline Calendar every_day(Segments hours) {
    auto out = office(hours);
    out.week[5] = out.week[6] = hours;
    return out;
}

inline Target hours(int n) { return {.working_days = 0, .time = std::chrono::hours{n}}; }
inline Target minutes(int n) { return {.working_days = 0, .time = std::chrono::minutes{n}}; }
inline Target working_days(int n) { return {.working_days = n, .time = {}}; }

}  // namespace sla

namespace std::chrono {
inline void PrintTo(const sys_seconds& t, std::ostream* out) { *out << std::to_string(t.time_since_epoch().count()); }
}  // namespace std::chrono
