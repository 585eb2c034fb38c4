// Time zones by their IANA name: what a clock on the wall there shows, and when.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <unicode/basictz.h>

#include <chrono>
#include <memory>

namespace calendar {

using Local = std::chrono::local_seconds;  // a clock on the wall
using Day = std::chrono::local_days;

class Zone {
public:
    // nullopt for a name that is not known. Names of Windows ("Romance Standard Time") are known, too.
    static std::optional<Zone> find(std::string_view name);
    // Of the host, of users and of stored events: UTC when it is no longer known.
    static Zone of(std::string_view name);

    const std::string& name() const { return name_; }
    Local local(guichet::Time at) const;
    // A time that a change skips is as far after it as it would have been before; of one that comes twice the first (RFC 5545, 3.3.5).
    guichet::Time instant(Local clock) const;

private:
    Zone(std::string name, std::unique_ptr<icu::BasicTimeZone> rules) : name_{std::move(name)}, rules_{std::move(rules)} {}
    std::string name_;
    std::shared_ptr<const icu::BasicTimeZone> rules_;
};

inline Day day_of(Local clock) { return std::chrono::floor<std::chrono::days>(clock); }
inline guichet::Time plus(guichet::Time at, std::chrono::microseconds length) { return {at.us + length.count()}; }

// "2026-11-23"; years 1970 to 2199.
std::optional<Day> parse_day(std::string_view text);
std::string format_day(Day day);
// "2026-11-23T09:00" (seconds may follow), and as <input type="datetime-local"> wants it.
std::optional<Local> parse_clock(std::string_view text);
std::string format_clock(Local clock);
// RFC 3339 with an offset, fractions of a second are dropped.
std::optional<guichet::Time> parse_instant(std::string_view text);
// "20261123T080000Z": names an occurrence in addresses; also RFC 5545, 3.3.5, form 2.
std::string format_utc(guichet::Time at);
std::optional<guichet::Time> parse_utc(std::string_view text);

}  // namespace calendar
