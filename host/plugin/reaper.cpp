#include "plugin/reaper.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace host::plugin {

struct Reaper::Impl {
    std::mutex mutex;
    std::condition_variable work;
    std::condition_variable idle;
    std::map<const Generation*, std::shared_ptr<Generation>> owned;  // adopted, used by somebody
    std::set<const Generation*> retired;                             // of those
    std::multimap<std::string, std::string> loaded;                  // id -> sha256, until it is unloaded
    std::deque<std::shared_ptr<const Generation>> to_drain;
    std::deque<std::shared_ptr<Generation>> to_unload;
    bool busy = false;
    bool stopping = false;
    bool stopped = false;
    Stats stats;
    std::thread thread;

    void dropped(const Generation* generation) {
        std::unique_lock lock{mutex};
        const auto it = owned.find(generation);
        auto owner = std::move(it->second);
        owned.erase(it);
        retired.erase(generation);
        if (stopped) {
            lock.unlock();
            owner.reset();  // the thread is gone: the last user unloads
            return;
        }
        to_unload.push_back(std::move(owner));
        work.notify_one();
    }

    bool is_idle() const { return retired.empty() && to_drain.empty() && to_unload.empty() && !busy; }

    void run() {
        std::unique_lock lock{mutex};
        for (;;) {
            work.wait(lock, [&] { return stopping || !to_drain.empty() || !to_unload.empty(); });
            if (!to_drain.empty()) drain_one(lock);
            else if (!to_unload.empty()) unload_one(lock);
            else break;
        }
        stopped = true;
    }

    void drain_one(std::unique_lock<std::mutex>& lock) {
        auto handle = std::move(to_drain.front());
        to_drain.pop_front();
        auto owner = owned.at(handle.get());
        busy = true;
        lock.unlock();
        owner->drain();
        owner.reset();
        handle.reset();  // may be the last: takes the lock itself
        lock.lock();
        done();
    }

    void unload_one(std::unique_lock<std::mutex>& lock) {
        auto generation = std::move(to_unload.front());
        to_unload.pop_front();
        busy = true;
        lock.unlock();
        const auto outcome = generation->unload();
        report(*generation, outcome);
        const auto id = generation->id(), sha256 = generation->package().sha256;
        generation.reset();
        lock.lock();
        forget(id, sha256);
        if (outcome == Generation::Unload::unmapped) ++stats.unmapped;
        if (outcome == Generation::Unload::still_mapped) ++stats.still_mapped;
        if (outcome == Generation::Unload::pinned) ++stats.pinned;
        done();
    }

    void forget(const std::string& id, const std::string& sha256) {
        const auto [first, last] = loaded.equal_range(id);
        const auto it = std::find_if(first, last, [&](const auto& entry) { return entry.second == sha256; });
        if (it != last) loaded.erase(it);
    }

    void done() {
        busy = false;
        if (is_idle()) idle.notify_all();
    }

    static void report(const Generation& generation, Generation::Unload outcome) {
        if (outcome != Generation::Unload::still_mapped) return;
        base::log(base::Level::error, "a plugin was closed but stays mapped",
                  {{"plugin", generation.id()},
                   {"version", generation.manifest().version},
                   {"generation", static_cast<std::int64_t>(generation.number())}});
    }
};

Reaper::Reaper() : impl_{std::make_shared<Impl>()} {
    impl_->thread = std::thread{[impl = impl_.get()] { impl->run(); }};
}

Reaper::~Reaper() {
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->stopping = true;
    }
    impl_->work.notify_all();
    impl_->thread.join();
}

std::shared_ptr<const Generation> Reaper::adopt(std::shared_ptr<Generation> generation) {
    const Generation* raw = generation.get();
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->loaded.emplace(raw->id(), raw->package().sha256);
        impl_->owned.emplace(raw, std::move(generation));
    }
    return {raw, [impl = impl_](const Generation* dropped) { impl->dropped(dropped); }};
}

void Reaper::retire(std::shared_ptr<const Generation> generation) {
    const std::lock_guard lock{impl_->mutex};
    if (!impl_->retired.insert(generation.get()).second) return;
    impl_->to_drain.push_back(std::move(generation));
    impl_->work.notify_one();
}

bool Reaper::wait_idle(std::chrono::milliseconds limit) {
    std::unique_lock lock{impl_->mutex};
    return impl_->idle.wait_for(lock, limit, [&] { return impl_->is_idle(); });
}

LoadedPackages Reaper::loaded() const {
    const std::lock_guard lock{impl_->mutex};
    LoadedPackages out;
    for (const auto& [id, sha256] : impl_->loaded) out[id].insert(sha256);
    return out;
}

Reaper::Stats Reaper::stats() const {
    const std::lock_guard lock{impl_->mutex};
    auto stats = impl_->stats;
    stats.waiting = impl_->retired.size() + impl_->to_unload.size() + (impl_->busy ? 1 : 0);
    return stats;
}

}  // namespace host::plugin
