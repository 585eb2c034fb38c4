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

guichet_status write(guichet_ctx* ctx, const guichet_value* values) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() == 0) return record(*ctx, GUICHET_E_STATE, "settings are written inside a transaction");
        if (!ctx->services.secrets) return record(*ctx, GUICHET_E_UNAVAILABLE, "settings are not written here");
        if (!values || !unwrap(values)->is(base::Value::Type::object)) return record(*ctx, GUICHET_E_INVALID, "settings are an object");
        const auto& manifest = ctx->generation->manifest();
        const auto written =
            core::write_settings(ctx->connection(), *ctx->services.secrets,
                                 {manifest.id, manifest.settings_json, *unwrap(values), ctx->principal.user_id, std::nullopt});
        ctx->wrote_settings = true;
        if (written) return GUICHET_OK;
        const auto& first = written.problems().front();
        return record(*ctx, GUICHET_E_INVALID, first.message, first.path.empty() ? first.path : first.path.substr(1));
    });
}

// Authenticated with the secret: neither another plugin nor another row can be given it.
std::string place_of(const guichet_ctx& ctx, guichet_str place) {
    return "plugin/" + ctx.generation->id() + "/" + std::string{view(place)};
}

guichet_str keep(guichet_ctx& ctx, std::string_view text) { return kCoreTable.dup(&ctx, {text.data(), text.size()}); }

guichet_status seal(guichet_ctx* ctx, guichet_str plain, guichet_str place, guichet_str* out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!ctx->services.secrets) return record(*ctx, GUICHET_E_UNAVAILABLE, "nothing is sealed here");
        *out = keep(*ctx, ctx->services.secrets->seal(view(plain), place_of(*ctx, place)));
        return GUICHET_OK;
    });
}

guichet_status unseal(guichet_ctx* ctx, guichet_str sealed, guichet_str place, guichet_str* out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (!ctx->services.secrets) return record(*ctx, GUICHET_E_UNAVAILABLE, "nothing is opened here");
        const auto plain = ctx->services.secrets->open(view(sealed), place_of(*ctx, place));
        if (!plain) return record(*ctx, GUICHET_E_NOT_FOUND, "the secret cannot be opened");
        *out = keep(*ctx, *plain);
        return GUICHET_OK;
    });
}

}  // namespace

const guichet_settings_v1 kSettingsTable = {{sizeof(guichet_settings_v1), 1, 2}, all, write, seal, unseal};

}  // namespace host::abi
