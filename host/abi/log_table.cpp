#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "plugin/generation.hpp"

namespace host::abi {
namespace {

void write(guichet_ctx* ctx, uint32_t level, guichet_str message) noexcept {
    const auto known = level >= GUICHET_LOG_DEBUG && level <= GUICHET_LOG_ERROR ? static_cast<base::Level>(level) : base::Level::error;
    const std::string_view plugin = ctx->generation ? std::string_view{ctx->generation->id()} : std::string_view{};
    try {
        base::log(known, view(message),
                  {{"plugin", plugin}, {"request", std::string_view{ctx->request_id}}, {"user", ctx->principal.user_id}});
    } catch (...) {
        // a line lost is better than a request lost
    }
}

}  // namespace

const guichet_log_v1 kLogTable = {{sizeof(guichet_log_v1), 1, 0}, write};

}  // namespace host::abi
