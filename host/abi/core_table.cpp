#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "base/clock.hpp"
#include "plugin/generation.hpp"

namespace host::abi {
namespace {

void* alloc(guichet_ctx* ctx, size_t size, size_t align) noexcept {
    try {
        return ctx->arena.allocate(size, align);
    } catch (...) {
        return nullptr;
    }
}

guichet_str dup(guichet_ctx* ctx, guichet_str s) noexcept {
    try {
        return str(ctx->arena.copy(view(s)));
    } catch (...) {
        return {};
    }
}

guichet_status fail(guichet_ctx* ctx, guichet_status code, guichet_str message, guichet_str field) noexcept {
    return record(*ctx, code, view(message), view(field));
}

guichet_status problem(guichet_ctx* ctx, guichet_str field, guichet_str message) noexcept {
    return guard(ctx, [&] {
        ctx->error.problems.emplace_back(view(field), view(message));
        return guichet_status{GUICHET_OK};
    });
}

guichet_status last_error(guichet_ctx* ctx, guichet_error* out) noexcept {
    if (out->size < sizeof(guichet_error)) return GUICHET_E_UNSUPPORTED;
    const auto& e = ctx->error;
    *out = guichet_error{sizeof(guichet_error), e.code, str(e.message), str(e.field), str(e.sqlstate)};
    return GUICHET_OK;
}

guichet_str info(guichet_ctx* ctx, uint32_t what) noexcept {
    switch (what) {
        case GUICHET_CTX_REQUEST_ID: return str(ctx->request_id);
        case GUICHET_CTX_LANGUAGE: return str(ctx->language);
        case GUICHET_CTX_TIMEZONE: return str(ctx->principal.zone);
        case GUICHET_CTX_PLUGIN_ID: return ctx->generation ? str(ctx->generation->id()) : guichet_str{};
        case GUICHET_CTX_PACKAGE_FOLDER: return ctx->generation ? str(ctx->generation->package().folder.native()) : guichet_str{};
        case GUICHET_CTX_SITE_URL: return str(ctx->services.site_url);
        default: return {};
    }
}

int64_t deadline_us(guichet_ctx* ctx) noexcept { return ctx->deadline_us; }

int32_t cancelled(guichet_ctx* ctx) noexcept {
    if (ctx->stop && *ctx->stop) return 1;
    return ctx->deadline_us != 0 && base::now_us() > ctx->deadline_us;
}

int64_t now_us(guichet_ctx*) noexcept { return base::now_us(); }

}  // namespace

const guichet_core_v1 kCoreTable = {
    {sizeof(guichet_core_v1), 1, 0}, alloc, dup, fail, problem, last_error, info, deadline_us, cancelled, now_us};

}  // namespace host::abi
