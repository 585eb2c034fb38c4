// The time a call into a plugin may take: seen by the plugin as its deadline, and the limit of each of its statements.
// What computes beyond it cannot be stopped, only noticed.
#pragma once

#include "abi/ctx.hpp"
#include "base/clock.hpp"

#include <algorithm>
#include <stdexcept>

namespace host::abi {

// Becomes GUICHET_E_TIMEOUT.
struct DeadlinePassed : std::runtime_error {
    DeadlinePassed() : std::runtime_error{"the time for this call is over"} {}
};

// Lowers deadline and statement timeout of a context as long as it lives; never raises them.
class Budget {
public:
    Budget(guichet_ctx& ctx, int timeout_ms)
        : ctx_{ctx}, outer_deadline_us_{ctx.deadline_us}, outer_statement_ms_{ctx.statement_timeout_ms} {
        const auto own = base::now_us() + std::int64_t{timeout_ms} * 1000;
        ctx.deadline_us = ctx.deadline_us == 0 ? own : std::min(ctx.deadline_us, own);
        ctx.statement_timeout_ms = ctx.statement_timeout_ms == 0 ? timeout_ms : std::min(ctx.statement_timeout_ms, timeout_ms);
    }
    ~Budget() {
        ctx_.deadline_us = outer_deadline_us_;
        ctx_.statement_timeout_ms = outer_statement_ms_;
    }
    Budget(const Budget&) = delete;

    bool exceeded() const { return base::now_us() > ctx_.deadline_us; }

private:
    guichet_ctx& ctx_;
    std::int64_t outer_deadline_us_;
    int outer_statement_ms_;
};

}  // namespace host::abi
