// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/job.hpp - one run of a job.
#pragma once

#include "ctx.hpp"

namespace guichet {

class Job {
public:
    Job(guichet_ctx* c, guichet_job* j) : c_{c}, j_{j} {}
    int64_t run_id() const { return detail::api.jobs->run_id(j_); }
    uint32_t attempt() const { return detail::api.jobs->attempt(j_); }
    Value args() const { return {c_, detail::api.jobs->args(j_)}; }
    Time scheduled() const { return Time{detail::api.jobs->scheduled_us(j_)}; }
    // Throws Error{GUICHET_E_CANCELLED} when the run shall stop: let it pass.
    void progress(uint32_t percent, std::string_view note = {}) const {
        detail::check(c_, detail::api.jobs->progress(j_, percent, str(note)));
    }

private:
    guichet_ctx* c_;
    guichet_job* j_;
};

}  // namespace guichet
