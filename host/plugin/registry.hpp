// The current snapshot. One swap publishes a new one; what only the old one contains goes to the reaper.
// Any thread. Destroyed before the reaper.
#pragma once

#include "plugin/processes.hpp"
#include "plugin/snapshot.hpp"

#include <functional>
#include <memory>
#include <mutex>

namespace host::plugin {

class Reaper;

class Registry {
public:
    explicit Registry(Reaper& reaper) : reaper_{reaper} {}
    std::shared_ptr<const Snapshot> current() const;  // never null after the first publish
    void publish(std::shared_ptr<const Snapshot> next);
    // Called by each publish with what will be current, before it is. Set once, before the first publish; must not throw.
    void observe(std::function<void(const Snapshot&)> observer) { observer_ = std::move(observer); }
    std::shared_ptr<const Generation> adopt(std::shared_ptr<Generation> generation);  // Reaper::adopt
    LoadedPackages loaded() const;  // Reaper::loaded

private:
    // plain mutex: std::atomic<std::shared_ptr> of libstdc++ 12 is slower under load and not TSan-clean
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> current_;
    Reaper& reaper_;
    std::function<void(const Snapshot&)> observer_;
};

}  // namespace host::plugin
