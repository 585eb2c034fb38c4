#include "job/runner.hpp"

#include "abi/budget.hpp"
#include "abi/call.hpp"
#include "abi/guard.hpp"
#include "base/json.hpp"
#include "core/settings.hpp"
#include "i18n/catalogs.hpp"
#include "job/jobs.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::job {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 1s;
constexpr int kStatementMs = 60'000;

enum Column : std::size_t { kId, kFence, kAttempt, kMaxAttempts, kJob, kArgs, kScheduled, kTimeout };

bool contains(const plugin::Snapshot& snapshot, const plugin::Generation* generation) {
    return std::ranges::any_of(snapshot.generations(), [&](const auto& g) { return g.get() == generation; });
}

}  // namespace

Runner::Runner(const abi::Services& services, const plugin::Registry& registry, int threads)
    : services_{services}, registry_{registry}, queue_{*services.pool, kRuns}, workers_{queue_, "jobs", threads, [this] { return work(); }} {}

Runner::~Runner() { stop(); }

void Runner::start() {
    workers_.start();
    ticker_ = std::thread{[this] { tick(); }};
}

void Runner::stop() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
        for (auto& running : running_) running.ask_to_stop(Stop::host);
    }
    stops_.notify_all();
    workers_.stop();
    if (ticker_.joinable()) ticker_.join();
}

void Runner::cancel(std::int64_t run_id) {
    const std::lock_guard lock{mutex_};
    for (auto& running : running_)
        if (running.lease.id == run_id) running.ask_to_stop(Stop::cancelled);
}

void Runner::snapshot_changes(const plugin::Snapshot& next) {
    const std::lock_guard lock{mutex_};
    for (auto& running : running_)
        if (running.generation && !contains(next, running.generation)) running.ask_to_stop(Stop::upgrade);
}

bool Runner::work() {
    const auto snapshot = registry_.current();
    if (!snapshot) return false;
    std::optional<db::Rows> claimed;
    try {
        claimed = queue_.claim(queue::array_literal(job_ids(*snapshot)), 1, 1);
    } catch (const db::Error& e) {
        if (!e.unique_violation()) throw;  // another host began a run of the same singleton at the same time
        return false;
    }
    for (std::size_t row = 0; row < claimed->size(); ++row) run(snapshot, *claimed, row);
    return !claimed->empty();
}

void Runner::run(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row) {
    std::unique_lock lock{mutex_};
    auto& running = running_.emplace_back();
    const auto place = std::prev(running_.end());
    running.lease = {claimed.i64(row, kId), claimed.i64(row, kFence)};
    const auto target = snapshot->jobs().find(claimed.text(row, kJob));
    if (target != snapshot->jobs().end()) running.generation = target->second.generation;
    if (stopping_) running.ask_to_stop(Stop::host);
    lock.unlock();
    {
        const queue::Workers::Hold hold{workers_, running.lease};
        std::string error;
        const auto status = call(snapshot, claimed, row, running, error);
        settle(running, status, error);
    }
    lock.lock();
    running_.erase(place);
}

guichet_status Runner::call(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row, Running& running,
                            std::string& error) {
    if (running.stop) return GUICHET_E_CANCELLED;
    try {
        if (const auto* own = find_host_job(claimed.text(row, kJob))) {
            own->run(services_);
            return GUICHET_OK;
        }
        const auto& target = snapshot->jobs().find(claimed.text(row, kJob))->second;
        guichet_ctx ctx{services_, snapshot, target.generation, auth::system_principal(), std::string{i18n::kDefaultLanguage},
                        "run-" + std::to_string(running.lease.id), 0};
        const abi::Budget budget{ctx, static_cast<int>(claimed.i64(row, kTimeout)) * 1000};
        ctx.statement_timeout_ms = std::min(ctx.statement_timeout_ms, kStatementMs);
        ctx.stop = &running.stop;
        const auto args = base::parse_json(ctx.arena, claimed.text(row, kArgs));
        if (!args) throw std::runtime_error{base::to_text(args.problems())};
        guichet_job job{ctx, running, static_cast<std::uint32_t>(claimed.i64(row, kAttempt)), *args, claimed.time_us(row, kScheduled)};
        const auto status = abi::call(ctx, *target.generation, [&] { return target.handler.fn(target.handler.self, &ctx, &job); });
        error = ctx.error.message;
        return status;
    } catch (const std::exception& e) {
        error = e.what();
        return GUICHET_E_INTERNAL;
    }
}

void Runner::settle(const Running& running, guichet_status status, const std::string& error) {
    const auto& lease = running.lease;
    if (status == GUICHET_OK) {
        if (queue_.finish(lease)) ++done_;
        return;
    }
    const auto why = running.why.load();
    if (why == Stop::cancelled) {
        services_.pool->exec("update core.job_run set state = 'cancelled', lease_until = null, finished_at = clock_timestamp()"
                             " where id = $1 and fence = $2 and state = 'leased'", {lease.id, lease.fence});
        ++cancelled_;
    } else if (why != Stop::none && status == GUICHET_E_CANCELLED) {
        queue_.release(lease);
    } else {
        ++failed_;
        base::log(base::Level::warn, "a job failed", {{"run", lease.id}, {"reason", std::string_view{error}}});
        queue_.fail(lease, error);
    }
}

void Runner::look_for_cancelled() {
    std::string ids = "{";
    {
        const std::lock_guard lock{mutex_};
        for (const auto& running : running_) ids.append(ids.size() > 1 ? "," : "").append(std::to_string(running.lease.id));
    }
    if (ids.size() == 1) return;
    const auto rows = services_.pool->exec("select id from core.job_run where id = any($1::bigint[]) and cancel_requested", {ids + "}"});
    for (std::size_t i = 0; i < rows.size(); ++i) cancel(rows.i64(i, 0));
}

void Runner::tick() {
    std::unique_lock lock{mutex_};
    while (!stopping_) {
        lock.unlock();
        try {
            if (const auto snapshot = registry_.current(); snapshot && add_due_runs(*services_.pool, services_.settings->company_zone(), job_ids(*snapshot)) > 0)
                wake();
            look_for_cancelled();
        } catch (const std::exception& e) {
            base::log(base::Level::warn, "schedules could not be looked at", {{"reason", std::string_view{e.what()}}});
        }
        lock.lock();
        stops_.wait_for(lock, kTick, [this] { return stopping_; });
    }
}

Runner::Stats Runner::stats() const { return {done_, failed_, cancelled_}; }

}  // namespace host::job
