#include "abi/contribution.hpp"

#include "abi/budget.hpp"
#include "abi/call.hpp"
#include "base/log.hpp"

namespace host::abi {
namespace {

void report(const guichet_ctx& ctx, const Contribution& what, base::Level level, std::string_view message, std::string_view reason) {
    base::log(level, message, {{what.kind, what.id}, {"request", std::string_view{ctx.request_id}}, {"reason", reason}});
}

}  // namespace

bool contribute(guichet_ctx& ctx, const Contribution& what, const std::function<guichet_status()>& fn) {
    const Budget budget{ctx, what.timeout_ms};
    auto outer_error = std::move(ctx.error);
    const bool in_transaction = ctx.depth() > 0;
    if (in_transaction) ctx.begin();
    const auto status = call(ctx, what.generation, fn);
    if (in_transaction) status == GUICHET_OK ? ctx.commit() : ctx.rollback();
    const auto error = std::exchange(ctx.error, std::move(outer_error));
    if (status != GUICHET_OK) report(ctx, what, base::Level::error, "a part of a page failed", error.message);
    else if (budget.exceeded()) report(ctx, what, base::Level::warn, "a part of a page took longer than it may", "");
    return status == GUICHET_OK;
}

}  // namespace host::abi
