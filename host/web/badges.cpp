#include "web/badges.hpp"

#include "abi/contribution.hpp"
#include "plugin/generation.hpp"

namespace host::web {
namespace {

constexpr std::chrono::seconds kFresh{15};
constexpr std::size_t kMostCounts = 10'000;

}  // namespace

// The generation: another version may count something else.
std::string Badges::key(const guichet_ctx& ctx, const Entry& entry) {
    return std::to_string(ctx.principal.user_id) + '/' + entry.menu->id + '/' + std::to_string(entry.generation->number());
}

std::optional<std::int64_t> Badges::known(const guichet_ctx& ctx, const Entry& entry) const {
    std::lock_guard lock{mutex_};
    const auto it = counts_.find(key(ctx, entry));
    if (it == counts_.end() || it->second.until < std::chrono::steady_clock::now()) return std::nullopt;
    return it->second.value;
}

std::int64_t Badges::count(guichet_ctx& ctx, const Entry& entry) {
    if (const auto value = known(ctx, entry)) return *value;
    const auto handler = entry.generation->bindings().badges.at(entry.menu->badge);
    std::int64_t value = 0;
    const abi::Contribution what{*entry.generation, "badge", entry.menu->id, abi::kBadgeMs};
    if (!abi::contribute(ctx, what, [&] { return handler.fn(handler.self, &ctx, &value); }) || value < 0) value = 0;
    keep(key(ctx, entry), value);
    return value;
}

void Badges::forget(std::int64_t user_id) {
    const auto prefix = std::to_string(user_id) + '/';
    std::lock_guard lock{mutex_};
    const auto begin = counts_.lower_bound(prefix);
    auto end = begin;
    while (end != counts_.end() && end->first.starts_with(prefix)) ++end;
    counts_.erase(begin, end);
}

void Badges::keep(std::string key, std::int64_t value) {
    const auto now = std::chrono::steady_clock::now();
    std::lock_guard lock{mutex_};
    if (counts_.size() >= kMostCounts) std::erase_if(counts_, [&](const auto& entry) { return entry.second.until < now; });
    counts_[std::move(key)] = {value, now + kFresh};
}

}  // namespace host::web
