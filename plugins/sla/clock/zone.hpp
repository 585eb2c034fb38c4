// Time zones by their IANA name: when a clock on the wall there shows a time.
#pragma once

#include <unicode/basictz.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sla {

using Instant = std::chrono::sys_seconds;
using Local = std::chrono::local_seconds;  // a clock on the wall
using Day = std::chrono::local_days;

// Any thread.
class Zone {
public:
    static std::optional<Zone> find(std::string_view name);  // nullopt for a name that is not known

    const std::string& name() const { return name_; }
    Local local(Instant at) const;
    // sla.md 6.2, 3: a time that a change skips is the first instant after it; of a time that comes twice, an opening is the first
    // and a closing the second.
    Instant opening(Local clock) const { return instant(clock, UCAL_TZ_LOCAL_FORMER); }
    Instant closing(Local clock) const { return instant(clock, UCAL_TZ_LOCAL_LATTER); }

private:
    Zone(std::string name, std::shared_ptr<const icu::BasicTimeZone> rules) : name_{std::move(name)}, rules_{std::move(rules)} {}
    Instant instant(Local clock, UTimeZoneLocalOption of_two) const;

    std::string name_;
    std::shared_ptr<const icu::BasicTimeZone> rules_;
};

}  // namespace sla
