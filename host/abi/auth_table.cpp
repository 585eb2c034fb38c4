#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "core/reference_data.hpp"

namespace host::abi {
namespace {

int64_t user_id(guichet_ctx* ctx) noexcept { return ctx->principal.user_id; }

int32_t level(guichet_ctx* ctx, guichet_str permission) noexcept {
    return static_cast<int32_t>(ctx->principal.level(view(permission)));
}

guichet_status require(guichet_ctx* ctx, guichet_str permission) noexcept {
    if (ctx->principal.can(view(permission))) return GUICHET_OK;
    return record(*ctx, GUICHET_E_DENIED, "permission denied");
}

template <class F>
const guichet_value* value_or_null(guichet_ctx* ctx, F&& f) noexcept {
    try {
        return wrap(static_cast<const base::Value*>(f()));
    } catch (...) {
        record_current_exception(*ctx);
        return nullptr;
    }
}

const guichet_value* team_ids(guichet_ctx* ctx) noexcept {
    return value_or_null(ctx, [&] {
        auto* ids = base::Value::array(ctx->arena);
        for (const auto id : ctx->principal.teams) ids->push(base::Value::integer(ctx->arena, id));
        return ids;
    });
}
const guichet_value* users(guichet_ctx* ctx) noexcept {
    return value_or_null(ctx, [&] { return ctx->reference().users; });
}
const guichet_value* teams(guichet_ctx* ctx) noexcept {
    return value_or_null(ctx, [&] { return ctx->reference().teams; });
}

const guichet_value* items(guichet_ctx* ctx, guichet_str list_id) noexcept {
    return value_or_null(ctx, [&]() -> const base::Value* {
        const auto& lists = ctx->reference().lists;
        const auto list = lists.find(view(list_id));
        if (list == lists.end()) return nullptr;
        const auto labelled = list->second.find(ctx->language);
        return labelled == list->second.end() ? nullptr : labelled->second;
    });
}

}  // namespace

const guichet_auth_v1 kAuthTable = {{sizeof(guichet_auth_v1), 1, 0}, user_id, level, require, team_ids, users, teams};
const guichet_lists_v1 kListsTable = {{sizeof(guichet_lists_v1), 1, 0}, items};

}  // namespace host::abi
