// /health/live: the process answers. /health/ready: it can work (database asked at most every two seconds).
#pragma once

#include "db/pool.hpp"
#include "http/message.hpp"

#include <atomic>
#include <chrono>
#include <mutex>

namespace host::web {

class Health {
public:
    explicit Health(db::Pool& pool) : pool_{pool} {}
    http::Response live() const;
    http::Response ready();
    void draining() noexcept { draining_ = true; }

private:
    bool database_answers();
    db::Pool& pool_;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point asked_{};
    bool asking_ = false;
    bool answered_ = false;
    std::atomic<bool> draining_{false};
};

}  // namespace host::web
