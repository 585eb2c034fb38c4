// Cuts a connection when its time is up: an answer of one byte a second keeps every single wait short. Its thread ends with it.
#pragma once

#include <sys/socket.h>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace notifications {

class Watchdog {
public:
    using Clock = std::chrono::steady_clock;
    // fd stays open for the life of the watchdog.
    Watchdog(int fd, Clock::time_point end) : thread_{[this, fd, end] { watch(fd, end); }} {}
    ~Watchdog() {
        {
            const std::lock_guard lock{mutex_};
            over_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

private:
    void watch(int fd, Clock::time_point end) {
        std::unique_lock lock{mutex_};
        if (!changed_.wait_until(lock, end, [this] { return over_; })) ::shutdown(fd, SHUT_RDWR);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    bool over_ = false;
    std::thread thread_;
};

}  // namespace notifications
