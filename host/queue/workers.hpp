// Threads that empty a queue, and one that keeps the leases they hold alive.
#pragma once

#include "queue/queue.hpp"

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace host::queue {

class Workers {
public:
    // work claims and does what it finds; false when there was nothing. It is called again after a wake(), and every
    // two seconds. It may throw: that is logged, and tried again.
    Workers(Queue& queue, std::string name, int threads, std::function<bool()> work);
    ~Workers();  // stop()
    void start();
    void wake();
    void stop();  // waits for what is being done
    bool stopping() const;

    // Keeps a lease alive for as long as it exists.
    class Hold {
    public:
        Hold(Workers& workers, const Lease& lease);
        ~Hold();
        Hold(const Hold&) = delete;

    private:
        Workers& workers_;
        std::list<Lease>::iterator place_;
    };

private:
    void run();
    void keep();
    bool attempt();

    Queue& queue_;
    std::string name_;
    int count_;
    std::function<bool()> work_;
    std::vector<std::thread> threads_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t wakes_ = 0;
    bool stopping_ = false;
    std::list<Lease> held_;
};

}  // namespace host::queue
