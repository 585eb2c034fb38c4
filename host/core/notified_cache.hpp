// What is read from the database once and kept until a notification says it changed. While notifications
// cannot arrive, every reader reads again. Any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

namespace host::core {

template <class T>
class NotifiedCache {
public:
    template <class Load>
    std::shared_ptr<const T> get(Load&& load) const {
        std::lock_guard lock{mutex_};
        const auto wanted = wanted_.load();
        if (current_ && loaded_ == wanted && trusted_) return current_;
        current_ = load();
        loaded_ = wanted;
        return current_;
    }
    void invalidate() noexcept { ++wanted_; }
    void trust(bool notifications_arrive) noexcept {
        trusted_ = notifications_arrive;
        ++wanted_;
    }

private:
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const T> current_;
    mutable std::uint64_t loaded_ = 0;
    std::atomic<std::uint64_t> wanted_{1};
    std::atomic<bool> trusted_{false};
};

}  // namespace host::core
