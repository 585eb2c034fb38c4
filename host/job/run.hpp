// One run of a job: what its handler sees as guichet_job.
#pragma once

#include "abi/ctx.hpp"
#include "queue/queue.hpp"

#include <atomic>
#include <chrono>

namespace host::job {

enum class Stop { none, cancelled, host, upgrade };  // why a run shall end early

// A run in progress, as the threads that may stop it see it.
struct Running {
    queue::Lease lease;
    const plugin::Generation* generation = nullptr;  // null: the host's own
    std::atomic<Stop> why{Stop::none};
    std::atomic<bool> stop{false};

    void ask_to_stop(Stop reason) {
        auto none = Stop::none;
        why.compare_exchange_strong(none, reason);
        stop = true;
    }
};

}  // namespace host::job

struct guichet_job {
    guichet_ctx& ctx;
    host::job::Running& running;
    std::uint32_t attempt = 0;
    const host::base::Value* args = nullptr;
    std::int64_t scheduled_us = 0;
    std::chrono::steady_clock::time_point written{};  // the last progress
};

namespace host::job {

// What guichet/abi/jobs.h says. Throws db::Error.
guichet_status progress(guichet_job& job, std::uint32_t percent, std::string_view note);

}  // namespace host::job
