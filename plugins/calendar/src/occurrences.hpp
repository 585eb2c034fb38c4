// When events happen: series are followed through a window, never further.
#pragma once

#include "event.hpp"
#include "filter.hpp"

namespace calendar {

inline constexpr std::size_t kMostOccurrences = 2000;  // of one window

struct Occurrences {
    std::vector<Occurrence> items;  // by their start
    bool more = false;              // there are others in the window
};

// After a key when there is one.
Occurrences find_occurrences(guichet::Ctx ctx, Window window, const Filter& filter, std::size_t most = kMostOccurrences,
                             std::optional<Key> after = {});
// Those of one event that touch the window, by their start.
std::vector<Occurrence> expand(const std::shared_ptr<const Event>& event, Window window, std::size_t most);
// The one that the rule puts at a time; nullopt when it is left out, differs or never was.
std::optional<Occurrence> occurrence_at(const std::shared_ptr<const Event>& event, guichet::Time at);
// The first that ends after a time.
std::optional<Occurrence> next_occurrence(const std::shared_ptr<const Event>& event, guichet::Time after);
// The first that starts then or later.
std::optional<Occurrence> next_start(const std::shared_ptr<const Event>& event, guichet::Time from);

}  // namespace calendar
