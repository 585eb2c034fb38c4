#include "job/jobs.hpp"

#include "job/cron.hpp"
#include "plugin/generation.hpp"

#include <optional>
#include <stdexcept>

namespace host::job {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;

constexpr int kTriesToAdd = 5;

std::int64_t now_us(db::Transaction& transaction) { return transaction.exec("select clock_timestamp()").time_us(0, 0); }

// Nothing for a job on demand, and for a schedule that never comes.
std::optional<std::int64_t> next_us(std::string_view zone, std::string_view cron, std::int64_t every_s, std::int64_t after_us) {
    if (every_s > 0) return after_us + every_s * 1'000'000;
    const auto parsed = Cron::parse(cron);
    if (!parsed) return std::nullopt;
    return parsed->next(i18n::Time{microseconds{after_us}}, *i18n::find_zone(zone)).time_since_epoch().count();
}

db::Param time_or_null(const std::optional<std::int64_t>& us) { return us ? db::Param::time(*us) : db::Param{}; }

// What is due stays due; a time to come is that of the zone as it is now.
void store(db::Transaction& transaction, std::string_view zone, const std::string& plugin_id, const std::string& version, const plugin::Manifest::Job& job,
           std::int64_t now) {
    transaction.exec("insert into core.job (id, plugin_id, label, cron, every_s, singleton, timeout_s, max_attempts, next_at)"
                     " values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do update set plugin_id = excluded.plugin_id, label = excluded.label,"
                     " singleton = excluded.singleton, timeout_s = excluded.timeout_s, max_attempts = excluded.max_attempts, cron = excluded.cron,"
                     " every_s = excluded.every_s, next_at = case when (job.cron, job.every_s) = (excluded.cron, excluded.every_s)"
                     " and (job.every_s > 0 or job.next_at <= clock_timestamp()) then job.next_at else excluded.next_at end"
                     " where ((job.label, job.cron, job.every_s, job.singleton, job.timeout_s, job.max_attempts) is distinct from"
                     " (excluded.label, excluded.cron, excluded.every_s, excluded.singleton, excluded.timeout_s, excluded.max_attempts)"
                     " or (job.cron <> '' and job.next_at is distinct from excluded.next_at and job.next_at > clock_timestamp()))"
                     " and not exists (select from core.plugin p where p.id = $2 and p.version <> $10)",
                     {job.id, plugin_id, job.label, job.cron, job.every_s, job.singleton, job.timeout_s, job.max_attempts,
                      time_or_null(next_us(zone, job.cron, job.every_s, now)), version});
}

}  // namespace

const queue::Layout kRuns{
    "core.job_run",
    "job_id",
    "c.singleton and (o.state = 'leased' or (o.id < c.id and o.not_before <= clock_timestamp()))",
    ", percent = 0, note = ''",
    ", core.job j",
    " and j.id = t.job_id",
    ", t.job_id, t.args::text, coalesce(t.scheduled_at, t.not_before), j.timeout_s",
};

const HostJob* find_host_job(std::string_view id) {
    for (const auto& own : host_jobs())
        if (own.job.id == id) return &own;
    return nullptr;
}

std::vector<std::string> job_ids(const plugin::Snapshot& snapshot) {
    std::vector<std::string> out;
    for (const auto& own : host_jobs()) out.push_back(own.job.id);
    for (const auto& [id, target] : snapshot.jobs()) out.push_back(id);
    return out;
}

void sync_jobs(db::Pool& pool, std::string_view company_zone, const plugin::Snapshot& snapshot) {
    std::vector<std::string> plugins{"core"}, versions{""};
    for (const auto& generation : snapshot.generations()) {
        plugins.push_back(generation->id());
        versions.push_back(generation->manifest().version);
    }
    db::Transaction transaction{pool};
    const auto now = now_us(transaction);
    for (const auto& own : host_jobs()) store(transaction, company_zone, "core", "", own.job, now);
    for (const auto& [id, target] : snapshot.jobs())
        store(transaction, company_zone, target.generation->id(), target.generation->manifest().version, *target.item, now);
    transaction.exec("delete from core.job j using unnest($1::text[], $2::text[]) g(id, version) left join core.plugin p on p.id = g.id"
                     " where j.plugin_id = g.id and j.id <> all($3::text[]) and coalesce(p.version, g.version) = g.version",
                     {queue::array_literal(plugins), queue::array_literal(versions), queue::array_literal(job_ids(snapshot))});
    transaction.commit();
}

std::int64_t add_due_runs(db::Pool& pool, std::string_view company_zone, const std::vector<std::string>& ids) {
    db::Transaction transaction{pool};
    const auto due = transaction.exec("select id, cron, every_s, next_at, clock_timestamp() from core.job where next_at <= clock_timestamp()"
                                      " and id = any($1::text[]) for update skip locked",
                                      {queue::array_literal(ids)});
    std::int64_t added = 0;
    for (std::size_t row = 0; row < due.size(); ++row) {
        const auto id = due.text(row, 0);
        added += transaction.exec("insert into core.job_run (job_id, dedupe, scheduled_at, singleton, max_attempts)"
                                  " select id, '@schedule', next_at, singleton, max_attempts from core.job where id = $1 on conflict do nothing", {id})
                     .affected();
        transaction.exec("update core.job set next_at = $2 where id = $1", {id, time_or_null(next_us(company_zone, due.text(row, 1), due.i64(row, 2), due.time_us(row, 4)))});
    }
    transaction.commit();
    return added;
}

std::int64_t add_run(db::Connection& connection, const NewRun& run) {
    const auto dedupe = run.dedupe.empty() ? db::Param{} : db::Param{run.dedupe};
    for (int i = 0; i < kTriesToAdd; ++i) {
        const auto added = connection.exec("insert into core.job_run (job_id, args, dedupe, not_before, singleton, max_attempts)"
                                           " select id, $2::jsonb, $3, greatest($4, clock_timestamp()), singleton, max_attempts from core.job where id = $1"
                                           " on conflict do nothing returning id, pg_notify('core_jobs', '')",
                                           {run.job_id, run.args_json, dedupe, run.not_before_us ? db::Param::time(run.not_before_us) : db::Param{}});
        if (!added.empty()) return added.i64(0, 0);
        const auto waiting = connection.exec("select id from core.job_run where job_id = $1 and dedupe = $2 and state = 'ready' and started_at is null",
                                             {run.job_id, dedupe});
        if (!waiting.empty()) return waiting.i64(0, 0);  // else it has just begun
    }
    throw std::runtime_error{"no run of the job " + std::string{run.job_id} + " could be added"};
}

}  // namespace host::job
