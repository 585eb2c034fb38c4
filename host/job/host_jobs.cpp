// The host's own jobs: what is kept for a while, and then goes.
#include "job/jobs.hpp"

#include "file/files.hpp"

namespace host::job {
namespace {

constexpr int kBatch = 5000;  // short transactions, and room for autovacuum between them

void repeat(db::Pool& pool, std::string_view sql) {
    while (pool.exec(sql, {kBatch}).affected() >= kBatch) {}
}

// What is dead stays until an administrator has seen it.
void clean_events(db::Pool& pool) {
    repeat(pool, "delete from core.outbox where id in (select o.id from core.outbox o where o.created_at < clock_timestamp() - interval '7 days'"
                 " and not exists (select from core.delivery d where d.outbox_id = o.id and d.state <> 'done') limit $1)");
    pool.exec("delete from core.subscription s where retired_at is not null and not exists (select from core.delivery d where d.subscription_id = s.id)");
}

void clean_runs(db::Pool& pool) {
    repeat(pool, "delete from core.job_run where id in (select id from core.job_run where state in ('done', 'cancelled')"
                 " and finished_at < clock_timestamp() - interval '30 days' limit $1)");
}

void clean_sessions(db::Pool& pool) {
    repeat(pool, "delete from core.session where id in (select id from core.session where seen_at < now() - interval '1 day' limit $1)");
    repeat(pool, "delete from core.login_failure where id in (select id from core.login_failure where created_at < now() - interval '1 day' limit $1)");
}

void clean_idempotency(db::Pool& pool) {
    repeat(pool, "delete from core.idempotency where ctid = any(array(select ctid from core.idempotency where created_at < now() - interval '1 day' limit $1))");
}

// What was not sent stays until an administrator has seen it.
void clean_mail(db::Pool& pool) {
    for (const auto* state : {"done", "bounced"})
        repeat(pool, "delete from core.mail where id in (select id from core.mail where state = '" + std::string{state} +
                         "' and finished_at < clock_timestamp() - interval '90 days' limit $1)");
}

HostJob scheduled(std::string id, std::string label, std::string cron, std::function<void(const abi::Services&)> run) {
    return {{std::move(id), std::move(label), "", std::move(cron), 0, true, 3600, 3}, std::move(run)};
}

HostJob daily(std::string id, std::string label, std::string cron, void (*run)(db::Pool&)) {
    return scheduled(std::move(id), std::move(label), std::move(cron), [run](const abi::Services& services) { run(*services.pool); });
}

}  // namespace

const std::vector<HostJob>& host_jobs() {
    static const std::vector<HostJob> all{
        daily("core.clean_events", "Delete events that everybody has got, after 7 days", "20 3 * * *", clean_events),
        daily("core.clean_runs", "Delete finished runs of jobs, after 30 days", "30 3 * * *", clean_runs),
        daily("core.clean_sessions", "Delete sessions that have ended, and failed attempts to log in", "40 * * * *", clean_sessions),
        daily("core.clean_idempotency", "Delete answers kept for repeated requests, after a day", "50 * * * *", clean_idempotency),
        daily("core.clean_mail", "Delete mail that was sent, after 90 days", "10 3 * * *", clean_mail),
        scheduled("core.clean_files", "Delete content that no file names any more, after an hour", "15 * * * *",
                  [](const abi::Services& services) { services.files->sweep(*services.pool); }),
    };
    return all;
}

}  // namespace host::job
