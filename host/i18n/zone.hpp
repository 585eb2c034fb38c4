// Time zones by name, as offsets from UTC.
#pragma once

#include <unicode/basictz.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace host::i18n {

using Time = std::chrono::sys_time<std::chrono::microseconds>;

class Zone {
public:
    explicit Zone(std::unique_ptr<const icu::BasicTimeZone> rules);
    ~Zone();
    std::chrono::microseconds offset(Time utc) const;

private:
    struct Period {
        Time begin;
        std::chrono::microseconds offset;
    };
    std::chrono::microseconds ask(Time utc) const;

    std::unique_ptr<const icu::BasicTimeZone> rules_;
    std::vector<Period> periods_;  // asking ICU takes half a microsecond
};

// Null for a name that is not known. Lives as long as the process. Any thread.
const Zone* find_zone(std::string_view name);

}  // namespace host::i18n
