#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "core/counters.hpp"
#include "core/settings.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

#include <algorithm>

namespace host::abi {
namespace {

bool declares(const plugin::Manifest& manifest, std::string_view counter_id) {
    return std::ranges::any_of(manifest.counters, [&](const auto& counter) { return counter.id == counter_id; });
}

std::string_view full(const guichet_ctx& ctx) {
    constexpr std::string_view kText = "The counter has no number left. An administrator must give it more digits.";
    return ctx.snapshot ? ctx.snapshot->catalogs().text("core", ctx.language, kText) : kText;
}

guichet_status next(guichet_ctx* ctx, guichet_str counter_id, int64_t at_us, guichet_str* out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() == 0) return record(*ctx, GUICHET_E_STATE, "a number is taken inside a transaction");
        if (!declares(ctx->generation->manifest(), view(counter_id))) return record(*ctx, GUICHET_E_INVALID, "the manifest has no such counter");
        const auto calendar = core::counter_calendar(ctx->settings());  // read before the counter is locked
        const auto number = core::next_number(ctx->connection(), view(counter_id), at_us, calendar);
        if (!number && number.problems().front().code == "counter.full") return record(*ctx, GUICHET_E_CONFLICT, full(*ctx));
        if (!number) return record(*ctx, GUICHET_E_NOT_FOUND, base::to_text(number.problems()));
        *out = str(ctx->arena.copy(*number));
        return GUICHET_OK;
    });
}

}  // namespace

const guichet_counters_v1 kCountersTable = {{sizeof(guichet_counters_v1), 1, 0}, next};

}  // namespace host::abi
