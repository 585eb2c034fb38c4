#include "abi/ctx.hpp"

#include "abi/budget.hpp"
#include "base/clock.hpp"
#include "core/reference_data.hpp"
#include "core/settings.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

guichet_ctx::guichet_ctx(const host::abi::Services& services_, std::shared_ptr<const host::plugin::Snapshot> snapshot_,
                         const host::plugin::Generation* generation_, const host::auth::Principal& principal_,
                         std::string language_, std::string request_id_, std::int64_t deadline_us_)
    : services{services_}, snapshot{std::move(snapshot_)}, generation{generation_}, principal{principal_},
      language{std::move(language_)}, request_id{std::move(request_id_)}, deadline_us{deadline_us_} {}

guichet_ctx::~guichet_ctx() = default;

const host::core::Reference& guichet_ctx::reference() {
    if (!reference_) reference_ = services.reference->get();
    return *reference_;
}

const host::core::SettingsState& guichet_ctx::settings() {
    if (!settings_) settings_ = services.settings->get();
    return *settings_;
}

host::db::Identity guichet_ctx::identity() const {
    auto identity = generation ? generation->identity() : host::db::Identity{};
    identity.statement_timeout_ms = statement_timeout_ms;
    return identity;
}

host::db::Rows guichet_ctx::exec(std::string_view sql, std::span<const host::db::Param> params) {
    if (statement_timeout_ms > 0 && host::base::now_us() > deadline_us) throw host::abi::DeadlinePassed{};
    if (lease_) return lease_->exec(identity(), sql, params);
    auto lease = services.pool->acquire(identity());
    return lease->exec(identity(), sql, params);
}

void guichet_ctx::begin() {
    if (!lease_) lease_ = services.pool->acquire(identity());
    lease_->begin();
}

void guichet_ctx::commit() {
    if (!lease_) throw std::logic_error{"commit without begin"};
    lease_->commit();
    if (lease_->depth() > 0) return;
    lease_.release();
    if (std::exchange(wrote_settings, false)) services.settings->invalidate();
}

void guichet_ctx::rollback() {
    if (!lease_) return;
    lease_->rollback();
    if (lease_->depth() > 0) return;
    lease_.release();
    wrote_settings = false;
}

host::db::Connection& guichet_ctx::connection() {
    if (depth() == 0) throw std::logic_error{"no transaction is open"};
    return *lease_;
}

int guichet_ctx::depth() const noexcept { return lease_ ? lease_->depth() : 0; }
