// Runs what is due. Any number of hosts share the work; each run pins the plugins it began with, and is asked to stop
// when its own is replaced.
#pragma once

#include "job/run.hpp"
#include "plugin/registry.hpp"
#include "queue/workers.hpp"

#include <list>
#include <mutex>

namespace host::job {

class Runner {
public:
    // services: with a pool of its own, two connections for each thread.
    Runner(const abi::Services& services, const plugin::Registry& registry, int threads);
    ~Runner();
    void start();
    void stop();  // asks every run to stop, and waits for it
    void wake() { workers_.wake(); }
    void cancel(std::int64_t run_id);                      // an administrator asked
    void snapshot_changes(const plugin::Snapshot& next);  // runs of what it does not contain shall end

    struct Stats { std::uint64_t done = 0, failed = 0, cancelled = 0; };
    Stats stats() const;

private:
    bool work();
    void run(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row);
    guichet_status call(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row, Running& running,
                        std::string& error);
    void settle(const Running& running, guichet_status status, const std::string& error);
    void tick();      // thread: schedules, and cancellations whose notification was missed
    void look_for_cancelled();

    const abi::Services& services_;
    const plugin::Registry& registry_;
    queue::Queue queue_;
    queue::Workers workers_;
    mutable std::mutex mutex_;
    std::condition_variable stops_;
    bool stopping_ = false;
    std::list<Running> running_;
    std::thread ticker_;
    std::atomic<std::uint64_t> done_{0}, failed_{0}, cancelled_{0};
};

}  // namespace host::job
