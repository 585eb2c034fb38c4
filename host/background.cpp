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

}  // namespace host
