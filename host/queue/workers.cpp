#include "queue/workers.hpp"

#include "base/log.hpp"

#include <chrono>

namespace host::queue {

using namespace std::chrono_literals;

namespace {

constexpr auto kPoll = 2s;
constexpr auto kKeep = 20s;  // a third of a lease

}  // namespace

Workers::Workers(Queue& queue, std::string name, int threads, std::function<bool()> work)
    : queue_{queue}, name_{std::move(name)}, count_{threads}, work_{std::move(work)} {}

Workers::~Workers() { stop(); }

void Workers::start() {
    for (int i = 0; i < count_; ++i) threads_.emplace_back([this] { run(); });
    threads_.emplace_back([this] { keep(); });
}

void Workers::wake() {
    {
        const std::lock_guard lock{mutex_};
        ++wakes_;
    }
    changed_.notify_all();
}

void Workers::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
    threads_.clear();
}

bool Workers::stopping() const {
    const std::lock_guard lock{mutex_};
    return stopping_;
}

bool Workers::attempt() {
    try {
        return work_();
    } catch (const std::exception& e) {
        base::log(base::Level::warn, "background work could not go on", {{"queue", std::string_view{name_}}, {"reason", std::string_view{e.what()}}});
    }
    return false;
}

void Workers::run() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        const auto seen = wakes_;
        lock.unlock();
        const bool worked = attempt();
        lock.lock();
        if (!worked) changed_.wait_for(lock, kPoll, [&] { return stopping_ || wakes_ != seen; });
    }
}

void Workers::keep() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        const std::vector<Lease> held{held_.begin(), held_.end()};
        lock.unlock();
        try {
            queue_.extend(held);
            if (queue_.expire() > 0) wake();
        } catch (const std::exception& e) {
            base::log(base::Level::warn, "leases could not be extended", {{"queue", std::string_view{name_}}, {"reason", std::string_view{e.what()}}});
        }
        lock.lock();
        changed_.wait_for(lock, kKeep, [&] { return stopping_; });
    }
}

Workers::Hold::Hold(Workers& workers, const Lease& lease) : workers_{workers} {
    const std::lock_guard lock{workers.mutex_};
    place_ = workers.held_.insert(workers.held_.end(), lease);
}

Workers::Hold::~Hold() {
    const std::lock_guard lock{workers_.mutex_};
    workers_.held_.erase(place_);
}

}  // namespace host::queue
