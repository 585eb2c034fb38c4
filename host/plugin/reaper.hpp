// Unloads generations that no snapshot contains any more: waits until nobody uses them, then drain,
// destroy, unmap, verify, on its own thread. Any thread may hand over.
#pragma once

#include "plugin/generation.hpp"
#include "plugin/processes.hpp"

#include <chrono>
#include <memory>

namespace host::plugin {

class Reaper {
public:
    struct Stats {
        std::uint64_t unmapped = 0;      // verified gone
        std::uint64_t still_mapped = 0;  // closed, but the mapping stays: a defect of the plugin
        std::uint64_t pinned = 0;        // kept on purpose
        std::uint64_t waiting = 0;       // still used by running requests
    };
    Reaper();
    ~Reaper();  // unloads everything that is unused; what is still used is unloaded by its last user
    // The only handle of a generation from now on: whoever drops its last copy (the last request of the last
    // snapshot) hands the generation to this thread. Nobody counts references, nobody polls.
    std::shared_ptr<const Generation> adopt(std::shared_ptr<Generation> generation);
    // No snapshot that is or will be current contains it: drain() is called at once.
    void retire(std::shared_ptr<const Generation> generation);
    bool wait_idle(std::chrono::milliseconds limit);  // true when nothing waits
    Stats stats() const;
    LoadedPackages loaded() const;  // what is in memory: in use, draining or being unloaded

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;  // shared with the handles, which may outlive this object
};

}  // namespace host::plugin
