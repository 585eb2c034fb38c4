// Events in the database. Every change is one transaction with its event, and needs the version it is meant for.
#pragma once

#include "event.hpp"
#include "filter.hpp"

namespace calendar {

// As the user may see it. Throws Error{GUICHET_E_NOT_FOUND}.
Event load(guichet::Ctx ctx, int64_t id);
Event load_for_update(guichet::Ctx ctx, int64_t id);
// What touches the window, as the user may see it: series; then what happens once and what differs from a series, in the order of
// occurrences, at most so many, after a key when there is one.
std::vector<Event> load_window(guichet::Ctx ctx, Window window, const Filter& filter, std::size_t most, std::optional<Key> after = {});
// Occurrences that differ, of series.
std::vector<Event> load_overrides(guichet::Ctx ctx, const std::vector<int64_t>& series);

void require_update(const Event& event);
void require_delete(const Event& event);
// Throws Error{GUICHET_E_CONFLICT} when somebody else has saved since.
void require_version(guichet::Ctx ctx, const Event& event, int64_t version);

struct NewEvent {
    Entry entry;
    std::string uid;  // "" for one that is made here
    std::optional<int64_t> series_id;
    std::optional<guichet::Time> recurs_at;
    int64_t sequence = 0;
    std::vector<guichet::Time> excluded;
};
// All inside a transaction of the caller.
int64_t insert(guichet::Ctx ctx, const NewEvent& event);
void update(guichet::Ctx ctx, const Event& event, const Entry& entry);
void set_excluded(guichet::Ctx ctx, const Event& event, const std::vector<guichet::Time>& excluded);
void remove(guichet::Ctx ctx, const Event& event);

std::string path_of(int64_t event);

}  // namespace calendar
