#include "job/run.hpp"

#include "abi/guard.hpp"
#include "base/clock.hpp"

#include <algorithm>

namespace host::job {
namespace {

constexpr std::size_t kLongestNote = 200;

bool over(const guichet_job& job) { return job.running.stop || base::now_us() > job.ctx.deadline_us; }

std::string_view shortened(std::string_view note) {
    if (note.size() <= kLongestNote) return note;
    auto end = kLongestNote;
    while (end > 0 && (static_cast<unsigned char>(note[end]) & 0xC0) == 0x80) --end;  // not inside a character
    return note.substr(0, end);
}

}  // namespace

guichet_status progress(guichet_job& job, std::uint32_t percent, std::string_view note) {
    const auto now = std::chrono::steady_clock::now();
    if (!over(job) && now - job.written >= std::chrono::seconds{1}) {
        job.written = now;
        const auto& lease = job.running.lease;
        // On a connection of its own: seen at once, also while the handler is in a transaction.
        const auto row = job.ctx.services.pool->exec("update core.job_run set percent = $3, note = $4 where id = $1 and fence = $2"
                                                     " and state = 'leased' returning cancel_requested",
                                                     {lease.id, lease.fence, std::min(percent, 100u), shortened(note)});
        if (row.empty()) job.running.ask_to_stop(Stop::host);  // another host has it now
        else if (row.boolean(0, 0)) job.running.ask_to_stop(Stop::cancelled);
    }
    if (!over(job)) return GUICHET_OK;
    return abi::record(job.ctx, GUICHET_E_CANCELLED, job.running.stop ? "the run was asked to stop" : "the time limit of the job has passed");
}

}  // namespace host::job
