#include "background.hpp"

#include "core/settings.hpp"

#include <charconv>

namespace host {
namespace {

constexpr int kMailThreads = 4;  // half of them at one server at most
constexpr int kStatementTimeoutMs = 60'000;  // reliability.md 4.2.7

db::PoolOptions pool_options(const Config& config) {
    db::PoolOptions options;
    options.url = config.database_url;
    // One for each worker, one for what it notes meanwhile (progress), leases and the schedule.
    options.size = config.job_workers * 2 + config.delivery_workers + kMailThreads + 4;
    options.statement_timeout_ms = kStatementTimeoutMs;
    return options;
}

abi::Services with_pool(abi::Services services, db::Pool& pool) {
    services.pool = &pool;
    return services;
}

}  // namespace

Background::Background(const Config& config, const abi::Services& services, const plugin::Registry& registry)
    : pool_{pool_options(config)}, services_{with_pool(services, pool_)}, deliveries_{services_, registry, config.delivery_workers},
      runs_{services_, registry, config.job_workers}, senders_{pool_, services_.settings->secrets()},
      mail_{pool_, senders_, *services_.files, kMailThreads} {}

void Background::start() {
    deliveries_.start();
    runs_.start();
    mail_.start();
}

void Background::stop() {
    mail_.stop();
    runs_.stop();
    deliveries_.stop();
}

void Background::wake() {
    deliveries_.wake();
    runs_.wake();
    mail_.wake();
}

// The payload of core_jobs is a run that shall stop, or "" for a new one.
void Background::notified(std::string_view channel, std::string_view payload) {
    std::int64_t run = 0;
    if (channel == "core_outbox") deliveries_.wake();
    else if (channel == "core_mail") mail_.wake();
    else if (std::from_chars(payload.data(), payload.data() + payload.size(), run).ec == std::errc{}) runs_.cancel(run);
    else runs_.wake();
}

std::string Background::metrics() {
    std::string out;
    const auto type = [&](std::string_view name, std::string_view kind) { out.append("# TYPE ").append(name).append(" ").append(kind).append("\n"); };
    const auto line = [&](std::string_view name, std::string_view label, std::string_view value, std::uint64_t n) {
        out.append(name);
        if (!label.empty()) out.append("{").append(label).append("=\"").append(value).append("\"}");
        out.append(" ").append(std::to_string(n)).append("\n");
    };
    const auto deliveries = deliveries_.stats();
    type("guichet_deliveries_total", "counter");
    line("guichet_deliveries_total", "outcome", "done", deliveries.done);
    line("guichet_deliveries_total", "outcome", "failed", deliveries.failed);
    line("guichet_deliveries_total", "outcome", "late", deliveries.late);
    const auto runs = runs_.stats();
    type("guichet_job_runs_total", "counter");
    line("guichet_job_runs_total", "outcome", "done", runs.done);
    line("guichet_job_runs_total", "outcome", "failed", runs.failed);
    line("guichet_job_runs_total", "outcome", "cancelled", runs.cancelled);
    try {
        const auto depth = pool_.exec("select w.state, count(d.id), coalesce(extract(epoch from clock_timestamp() - min(o.created_at)), 0)::bigint"
                                      " from (values ('ready'), ('leased'), ('dead')) w(state) left join core.delivery d on d.state = w.state"
                                      " and d.state in ('ready', 'leased', 'dead') left join core.outbox o on o.id = d.outbox_id group by 1 order by 1");
        type("guichet_outbox_depth", "gauge");
        std::uint64_t oldest = 0;
        for (std::size_t i = 0; i < depth.size(); ++i) {
            line("guichet_outbox_depth", "state", depth.text(i, 0), static_cast<std::uint64_t>(depth.i64(i, 1)));
            if (depth.text(i, 0) == "ready") oldest = static_cast<std::uint64_t>(depth.i64(i, 2));
        }
        type("guichet_outbox_oldest_ready_seconds", "gauge");
        line("guichet_outbox_oldest_ready_seconds", "", "", oldest);
    } catch (const db::Error&) {
        // the other figures say enough
    }
    return out;
}

}  // namespace host
