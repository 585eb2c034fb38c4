#include "event/dispatcher.hpp"

#include "abi/budget.hpp"
#include "abi/call.hpp"
#include "abi/guard.hpp"
#include "base/clock.hpp"
#include "base/json.hpp"
#include "i18n/language.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

namespace host::event {
namespace {

// Of each subscription at once, and of all; one claim costs about as much as one delivery.
constexpr int kBatch = 8, kMost = 24;
constexpr int kHandlerMs = 30'000;

enum Column : std::size_t { kId, kFence, kAttempt, kMaxAttempts, kSubscription, kEvent, kVersion, kSubject, kData, kActor, kAt };

queue::Lease lease_of(const db::Rows& rows, std::size_t row) { return {rows.i64(row, kId), rows.i64(row, kFence)}; }

std::vector<std::string> names(const plugin::Snapshot& snapshot) {
    std::vector<std::string> out;
    for (const auto& [id, target] : snapshot.subscriptions()) out.push_back(id);
    return out;
}

}  // namespace

const queue::Layout kDeliveries{
    "core.delivery",
    "subscription_id",
    // One at a time per subject, oldest first; what waits for its next attempt is waited for.
    "o.subject = c.subject and (o.state = 'leased' or o.id < c.id)",
    "",
    ", core.outbox b",
    " and b.id = t.outbox_id",
    ", t.subscription_id, b.event, b.version, b.subject, b.data::text, b.actor_id, b.created_at",
};

Dispatcher::Dispatcher(const abi::Services& services, const plugin::Registry& registry, int threads)
    : services_{services}, registry_{registry}, queue_{*services.pool, kDeliveries}, workers_{queue_, "deliveries", threads, [this] { return work(); }} {}

bool Dispatcher::work() {
    const auto snapshot = registry_.current();
    if (!snapshot || snapshot->subscriptions().empty()) return false;
    const auto claimed = queue_.claim(queue::array_literal(names(*snapshot)), kBatch, kMost);
    std::list<queue::Workers::Hold> holds;
    for (std::size_t row = 0; row < claimed.size(); ++row) holds.emplace_back(workers_, lease_of(claimed, row));
    for (std::size_t row = 0; row < claimed.size(); ++row) {
        if (workers_.stopping()) queue_.release(lease_of(claimed, row));
        else deliver(snapshot, claimed, row);
        holds.pop_front();
    }
    return !claimed.empty();
}

void Dispatcher::deliver(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row) {
    std::string error;
    if (handle(snapshot, claimed, row, error)) return;
    ++failed_;
    base::log(base::Level::warn, "a delivery failed", {{"subscription", claimed.text(row, kSubscription)}, {"subject", claimed.text(row, kSubject)},
              {"attempt", claimed.i64(row, kAttempt)}, {"of", claimed.i64(row, kMaxAttempts)}, {"reason", std::string_view{error}}});
    queue_.fail(lease_of(claimed, row), error);
}

// What the handler writes and the mark "done" are one transaction. False: nothing was kept, error says why.
bool Dispatcher::handle(const std::shared_ptr<const plugin::Snapshot>& snapshot, const db::Rows& claimed, std::size_t row, std::string& error) {
    const auto& target = snapshot->subscriptions().find(claimed.text(row, kSubscription))->second;
    const auto lease = lease_of(claimed, row);
    guichet_ctx ctx{services_, snapshot, target.generation, auth::system_principal(), std::string{i18n::kDefaultLanguage},
                    "delivery-" + std::to_string(lease.id), 0};
    const abi::Budget budget{ctx, kHandlerMs};
    try {
        auto data = base::parse_json(ctx.arena, claimed.text(row, kData));
        if (!data) throw std::runtime_error{base::to_text(data.problems())};
        guichet_event event{sizeof(guichet_event), static_cast<std::uint32_t>(claimed.i64(row, kVersion)), abi::str(claimed.text(row, kEvent)),
                            abi::str(claimed.text(row, kSubject)), abi::wrap(*data), claimed.i64(row, kActor), claimed.time_us(row, kAt), lease.id,
                            static_cast<std::uint32_t>(claimed.i64(row, kAttempt)), 0};
        ctx.begin();
        if (abi::call(ctx, *target.generation, [&] { return target.handler.fn(target.handler.self, &ctx, &event); }) != GUICHET_OK) {
            error = ctx.error.message;
            return false;
        }
        if (ctx.connection().exec(queue_.finish_sql(), {lease.id, lease.fence}).affected() == 1) {
            ctx.commit();
            ++done_;
        } else ++late_;
        return true;
    } catch (const std::exception& e) {
        error = e.what();
        return false;
    }
}

Dispatcher::Stats Dispatcher::stats() const { return {done_, failed_, late_}; }

}  // namespace host::event
