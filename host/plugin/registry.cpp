#include "plugin/registry.hpp"

#include "plugin/reaper.hpp"

#include <algorithm>

namespace host::plugin {

std::shared_ptr<const Snapshot> Registry::current() const {
    const std::lock_guard lock{mutex_};
    return current_;
}

void Registry::publish(std::shared_ptr<const Snapshot> next) {
    if (observer_) observer_(*next);
    std::shared_ptr<const Snapshot> previous = next;
    {
        const std::lock_guard lock{mutex_};
        current_.swap(previous);
    }
    if (!previous) return;
    const auto& kept = next->generations();
    for (const auto& generation : previous->generations())
        if (std::find(kept.begin(), kept.end(), generation) == kept.end()) reaper_.retire(generation);
}

LoadedPackages Registry::loaded() const { return reaper_.loaded(); }

std::shared_ptr<const Generation> Registry::adopt(std::shared_ptr<Generation> generation) { return reaper_.adopt(std::move(generation)); }

}  // namespace host::plugin
