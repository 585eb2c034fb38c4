// Events out of iCalendar text (RFC 5545), by libical.
#pragma once

#include "event.hpp"

namespace calendar {

inline constexpr std::size_t kMostImported = 10'000;  // events of one file
inline constexpr int64_t kLargestImport = int64_t{5} * 1024 * 1024;

struct ReadEvent {
    std::string uid;  // "" when the file says none
    int64_t sequence = 0;
    Entry entry;
    std::optional<guichet::Time> recurs_at;
    std::vector<guichet::Time> excluded;
    std::string_view problem;  // msgid; "" when the event can be taken
};

// How often the text begins an event, without reading it.
std::size_t count_events(std::string_view text);
// Series come before what differs from them. What has no zone is in the given one; cancelled events are left out. Empty: not a calendar.
std::optional<std::vector<ReadEvent>> read_ics(std::string_view text, std::string_view zone);

}  // namespace calendar
