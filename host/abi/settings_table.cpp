#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "core/settings.hpp"
#include "plugin/generation.hpp"

namespace host::abi {
namespace {

const guichet_value* all(guichet_ctx* ctx) noexcept {
    try {
        return wrap(&ctx->settings().of(ctx->generation->id(), ctx->generation->manifest().settings_json));
    } catch (...) {
        record_current_exception(*ctx);
        return nullptr;
    }
}

}  // namespace

const guichet_settings_v1 kSettingsTable = {{sizeof(guichet_settings_v1), 1, 0}, all};

}  // namespace host::abi
