// The current snapshot. One swap publishes a new one; the old one goes to the reaper. Any thread.
#pragma once

#include "plugin/snapshot.hpp"

#include <memory>
#include <mutex>

namespace host::plugin {

class Reaper;

class Registry {
public:
    explicit Registry(Reaper& reaper) : reaper_{reaper} {}
    std::shared_ptr<const Snapshot> current() const;  // never null after the first publish
    void publish(std::shared_ptr<const Snapshot> next);

private:
    // plain mutex: std::atomic<std::shared_ptr> of libstdc++ 12 is slower under load and not TSan-clean
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> current_;
    Reaper& reaper_;
};

}  // namespace host::plugin
