#include "abi/ctx.hpp"

#include "core/reference_data.hpp"
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

host::db::Identity guichet_ctx::identity() const {
    return generation ? generation->identity() : host::db::Identity{};
}

host::db::Rows guichet_ctx::exec(std::string_view sql, std::span<const host::db::Param> params) {
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
    if (lease_->depth() == 0) lease_.release();
}

void guichet_ctx::rollback() {
    if (!lease_) return;
    lease_->rollback();
    if (lease_->depth() == 0) lease_.release();
}

int guichet_ctx::depth() const noexcept { return lease_ ? lease_->depth() : 0; }
