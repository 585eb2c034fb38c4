#include "occurrences.hpp"

#include "event_store.hpp"
#include "rule.hpp"

#include <algorithm>

namespace calendar {

using guichet::Time;

namespace {

constexpr int64_t kDayUs = int64_t{86'400} * 1'000'000;
constexpr std::size_t kMostTries = 500;  // occurrences left out or differing that are passed over

bool holds(const std::vector<Time>& times, Time at) {
    return std::ranges::any_of(times, [&](Time each) { return each.us == at.us; });
}

bool touches(Time starts, Time ends, Window window) {
    return starts.us < window.to.us && (ends.us > window.from.us || (starts.us == ends.us && starts.us >= window.from.us));
}

Occurrence once(const std::shared_ptr<const Event>& event) { return {event, event->entry.starts, event->entry.ends}; }

}  // namespace

std::vector<Occurrence> expand(const std::shared_ptr<const Event>& event, Window window, std::size_t most) {
    const auto& entry = event->entry;
    if (entry.rule.empty()) {
        if (!touches(entry.starts, entry.ends, window) || most == 0) return {};
        return {once(event)};
    }
    const auto zone = Zone::of(entry.zone);
    const auto length = entry.ends.us - entry.starts.us;
    const Rule rule{entry.rule, zone.local(entry.starts), zone};
    // a day more on both sides: clocks change
    const auto from = zone.local({window.from.us - length - kDayUs}), to = zone.local({window.to.us + kDayUs});
    std::vector<Occurrence> out;
    for (const auto clock : rule.between(from, to, most + kMostTries)) {
        const auto starts = zone.instant(clock);
        const Time ends{starts.us + length};
        if (!touches(starts, ends, window) || holds(event->excluded, starts) || holds(event->replaced, starts)) continue;
        if (out.size() == most) break;
        out.push_back({event, starts, ends});
    }
    return out;
}

Occurrences find_occurrences(guichet::Ctx ctx, Window window, const Filter& filter, std::size_t most, std::optional<Key> after) {
    const auto key = [](const Occurrence& o) { return Key{o.starts.us, o.event->id}; };
    Occurrences out;
    for (auto& event : load_window(ctx, window, filter, most + 1, after))
        for (auto& each : expand(std::make_shared<Event>(std::move(event)), window, kMostOccurrences + 1))
            if (!after || key(each) > *after) out.items.push_back(std::move(each));
    std::ranges::stable_sort(out.items, {}, key);
    out.more = out.items.size() > most;
    if (out.more) out.items.resize(most);
    return out;
}

std::optional<Occurrence> occurrence_at(const std::shared_ptr<const Event>& event, Time at) {
    if (event->entry.rule.empty()) return event->entry.starts.us == at.us || event->recurs_at ? std::optional{once(event)} : std::nullopt;
    for (auto& each : expand(event, {at, {at.us + 1'000'000}}, kMostOccurrences))
        if (each.starts.us == at.us) return each;
    return std::nullopt;
}

namespace {

constexpr int64_t kFarUs = 40 * 366 * kDayUs;
constexpr std::size_t kMostAtOnce = 367;  // an event lasts a year at most, and begins once a day

std::vector<Occurrence> from_then_on(const std::shared_ptr<const Event>& event, Time from, std::size_t most) {
    return expand(event, {from, {std::max(from.us, event->entry.starts.us) + kFarUs}}, most);
}

}  // namespace

std::optional<Occurrence> next_occurrence(const std::shared_ptr<const Event>& event, Time after) {
    const auto found = from_then_on(event, after, 1);
    return found.empty() ? std::nullopt : std::optional{found.front()};
}

std::optional<Occurrence> next_start(const std::shared_ptr<const Event>& event, Time from) {
    for (const auto& each : from_then_on(event, from, kMostAtOnce))
        if (each.starts.us >= from.us) return each;
    return std::nullopt;
}

}  // namespace calendar
