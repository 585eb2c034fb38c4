#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "base/json.hpp"
#include "job/jobs.hpp"
#include "job/run.hpp"
#include "plugin/generation.hpp"

#include <algorithm>

namespace host::abi {
namespace {

bool declares(const guichet_ctx& ctx, std::string_view job_id) {
    return ctx.generation && std::ranges::any_of(ctx.generation->manifest().jobs, [&](const auto& job) { return job.id == job_id; });
}

// As the host: a plugin's role may not write the host's tables.
guichet_status enqueue(guichet_ctx* ctx, guichet_str job_id, const guichet_value* args, int64_t not_before_us, guichet_str dedupe,
                       int64_t* run_id) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!declares(*ctx, view(job_id)))
            return record(*ctx, GUICHET_E_INVALID, "plugin.json does not declare the job " + std::string{view(job_id)});
        if (args && !unwrap(args)->is(base::Value::Type::object)) return record(*ctx, GUICHET_E_INVALID, "the arguments of a job are an object");
        const auto json = args ? base::to_json(*unwrap(args)) : std::string{"{}"};
        const job::NewRun run{view(job_id), json, view(dedupe), not_before_us};
        const auto id = ctx->depth() > 0 ? job::add_run(ctx->connection(), run) : job::add_run(*ctx->services.pool->acquire(), run);
        if (run_id) *run_id = id;
        return GUICHET_OK;
    });
}

int64_t run_id(guichet_job* job) noexcept { return job->running.lease.id; }
uint32_t attempt(guichet_job* job) noexcept { return job->attempt; }
const guichet_value* args(guichet_job* job) noexcept { return wrap(job->args); }
int64_t scheduled_us(guichet_job* job) noexcept { return job->scheduled_us; }

guichet_status progress(guichet_job* job, uint32_t percent, guichet_str note) noexcept {
    return guard(&job->ctx, [&] { return job::progress(*job, percent, view(note)); });
}

}  // namespace

const guichet_jobs_v1 kJobsTable = {{sizeof(guichet_jobs_v1), 1, 0}, enqueue, run_id, attempt, args, scheduled_us, progress};

}  // namespace host::abi
