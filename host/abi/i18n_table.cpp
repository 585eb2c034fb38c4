#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "plugin/generation.hpp"
#include "plugin/snapshot.hpp"

namespace host::abi {
namespace {

guichet_str text(guichet_ctx* ctx, guichet_str msgid) noexcept {
    if (!ctx->snapshot || !ctx->generation) return msgid;
    try {
        return str(ctx->arena.copy(ctx->snapshot->catalogs().text(ctx->generation->id(), ctx->language, view(msgid))));
    } catch (...) {
        return msgid;
    }
}

guichet_str plural(guichet_ctx* ctx, guichet_str one, guichet_str many, int64_t n) noexcept {
    if (!ctx->snapshot || !ctx->generation) return n == 1 ? one : many;
    try {
        return str(ctx->arena.copy(ctx->snapshot->catalogs().plural(ctx->generation->id(), ctx->language, view(one), view(many), n)));
    } catch (...) {
        return n == 1 ? one : many;
    }
}

}  // namespace

const guichet_i18n_v1 kI18nTable = {{sizeof(guichet_i18n_v1), 1, 0}, text, plural};

}  // namespace host::abi
