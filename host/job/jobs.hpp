// What can run: the jobs of the active plugins and those of the host itself, as rows with their next time. Any thread.
// company_zone: one that is known, as core::Settings has it.
#pragma once

#include "abi/ctx.hpp"
#include "db/pool.hpp"
#include "plugin/snapshot.hpp"
#include "queue/queue.hpp"

#include <functional>

namespace host::job {

// One of the host's own.
struct HostJob {
    plugin::Manifest::Job job;
    std::function<void(const abi::Services&)> run;  // throws db::Error, file::StorageError
};
const std::vector<HostJob>& host_jobs();
const HostJob* find_host_job(std::string_view id);

extern const queue::Layout kRuns;

// Ids of everything that can run with this snapshot.
std::vector<std::string> job_ids(const plugin::Snapshot& snapshot);

// Stores the jobs of the snapshot and of the host; a new or changed schedule begins with its first time after now, and so
// does one whose next time another zone has moved.
// Jobs that an active plugin does not have any more go, with their runs. Nothing is taken away by a host that runs
// another version than the one enabled last. May be repeated. Throws db::Error.
void sync_jobs(db::Pool& pool, std::string_view company_zone, const plugin::Snapshot& snapshot);

// Adds a run for each schedule whose time has come: once, whichever host asks first. Times that passed while no host
// was there run once; a time at which the run before it has not begun yet is skipped. Returns how many were added.
std::int64_t add_due_runs(db::Pool& pool, std::string_view company_zone, const std::vector<std::string>& ids);

// Adds a run on demand; its id, or that of the one with this dedupe key that has not begun. not_before_us 0: at once.
struct NewRun {
    std::string_view job_id, args_json = "{}", dedupe;
    std::int64_t not_before_us = 0;
};
std::int64_t add_run(db::Connection& connection, const NewRun& run);

}  // namespace host::job
