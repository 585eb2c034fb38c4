// What is planned.
#pragma once

#include "zone.hpp"

#include <vector>

namespace calendar {

// What people say of an event.
struct Entry {
    std::string title, type, place, description;  // type: code of the list calendar.type, "" for none
    std::string zone;                             // in which it was made; whole days have UTC
    guichet::Time starts{}, ends{};               // the end is exclusive
    bool whole_day = false;
    bool is_private = false;  // others than its owner and attendees see that somebody is busy, no more
    std::string rule;         // RRULE, "" for once
    std::optional<int64_t> reminder_minutes;
    int64_t owner_id = 0;
    std::optional<int64_t> ticket_id, account_id, contact_id;
};

struct Event {
    int64_t id = 0;
    std::string uid;
    std::optional<int64_t> series_id;        // of an occurrence that differs: its series
    std::optional<guichet::Time> recurs_at;  // and the start it had there
    int64_t sequence = 0, version = 0;
    guichet::Time updated{};
    Entry entry;                          // without details when they are not for who reads
    std::vector<guichet::Time> excluded;  // starts that are left out
    std::vector<guichet::Time> replaced;  // starts that differ: they are events of their own
    std::string owner;                    // name
    bool details = false, may_update = false, may_delete = false;
};

// One event of the time when it happens; series happen often.
struct Occurrence {
    std::shared_ptr<const Event> event;
    guichet::Time starts{}, ends{};
    // Names it within its series: the start that the rule gives.
    guichet::Time at() const { return event->recurs_at.value_or(starts); }
    bool recurs() const { return !event->entry.rule.empty() || event->series_id; }
};

}  // namespace calendar
