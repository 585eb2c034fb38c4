// Brings what was published to the subscriptions of the active plugins: at least once, in order per subscription and
// subject. A delivery that is dead does not stand in the way of younger ones: an administrator sees it, and what he tries
// again comes late. Any number of hosts share the work.
#pragma once

#include "abi/ctx.hpp"
#include "plugin/registry.hpp"
#include "queue/workers.hpp"

#include <atomic>

namespace host::event {

extern const queue::Layout kDeliveries;

class Dispatcher {
public:
    // services: with a pool of its own, so that pages never wait for a connection because of deliveries.
    Dispatcher(const abi::Services& services, const plugin::Registry& registry, int threads);
    void start() { workers_.start(); }
    void wake() { workers_.wake(); }
    void stop() { workers_.stop(); }

    struct Stats { std::uint64_t done = 0, failed = 0, late = 0; };  // late: the lease was lost, nothing was kept
    Stats stats() const;

private:
    bool work();
    void deliver(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row);
    bool handle(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row, std::string& error);

    const abi::Services& services_;
    const plugin::Registry& registry_;
    queue::Queue queue_;
    queue::Workers workers_;
    std::atomic<std::uint64_t> done_{0}, failed_{0}, late_{0};
};

}  // namespace host::event
