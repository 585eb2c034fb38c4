#include "abi/call.hpp"

#include "abi/guard.hpp"
#include "base/random.hpp"
#include "plugin/crash_marks.hpp"
#include "plugin/generation.hpp"

namespace host::abi {
namespace {

bool known(guichet_status status) noexcept { return status >= GUICHET_OK && status <= GUICHET_E_PRECONDITION; }

guichet_status run(guichet_ctx& ctx, const std::function<guichet_status()>& fn) noexcept {
    try {
        const auto status = fn();
        if (known(status)) return status;
        return record(ctx, GUICHET_E_INTERNAL, "the plugin returned a status that does not exist");
    } catch (...) {
        record_current_exception(ctx);
        return GUICHET_E_INTERNAL;
    }
}

guichet_status balance(guichet_ctx& ctx, int depth, guichet_status status) noexcept {
    if (ctx.depth() == depth) return status;
    try {
        while (ctx.depth() > depth) ctx.rollback();
    } catch (...) {
        // a broken connection has no transaction left
    }
    if (status != GUICHET_OK) return status;
    return record(ctx, GUICHET_E_INTERNAL, "the plugin left a transaction open; it was rolled back");
}

}  // namespace

guichet_status call(guichet_ctx& ctx, const plugin::Generation& generation, const std::function<guichet_status()>& fn) noexcept {
    const plugin::CallMark mark{generation.id()};
    const auto* outer_generation = std::exchange(ctx.generation, &generation);
    const auto outer_callers = ctx.callers.size();
    const int depth = ctx.depth();
    const int outer_floor = std::exchange(ctx.floor, depth);
    ctx.error = {};
    const auto status = balance(ctx, depth, run(ctx, fn));
    ctx.floor = outer_floor;
    ctx.callers.resize(outer_callers);
    ctx.generation = outer_generation;
    if (status != GUICHET_OK && ctx.error.code == GUICHET_OK) return record(ctx, status, "the plugin gave no reason");
    return status;
}

LifecycleError call_lifecycle(const Services& services, const plugin::Generation& generation,
                              const std::function<guichet_status(guichet_ctx*)>& fn) noexcept {
    try {
        guichet_ctx ctx{services, nullptr, &generation, auth::system_principal(), "en", base::random_token(6), 0};
        const auto status = call(ctx, generation, [&] { return fn(&ctx); });
        return {status, ctx.error.message};
    } catch (...) {
        return {GUICHET_E_NOMEM, "out of memory"};
    }
}

}  // namespace host::abi
