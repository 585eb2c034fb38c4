// Unloads generations that no snapshot contains any more: waits until nobody uses them, then drain,
// destroy, unmap, verify, on its own thread. Any thread may hand over.
#pragma once

#include "plugin/generation.hpp"

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
    ~Reaper();  // unloads everything that is unused; what is still used stays mapped
    void retire(std::shared_ptr<const Generation> generation);
    bool wait_idle(std::chrono::milliseconds limit);  // true when nothing waits
    Stats stats() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::plugin
