#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "db/statement.hpp"

#include <array>

namespace host::abi {
namespace {

constexpr std::size_t kMaxParams = 256;

db::Param to_param(const guichet_param& p) {
    switch (p.type) {
        case GUICHET_P_NULL: return {};
        case GUICHET_P_BOOL: return db::Param{p.v.i64 != 0};
        case GUICHET_P_I64: return db::Param{p.v.i64};
        case GUICHET_P_F64: return db::Param{p.v.f64};
        case GUICHET_P_TEXT: return db::Param{view(p.v.str)};
        case GUICHET_P_TIME: return db::Param::time(p.v.i64);
        default: throw std::invalid_argument{"unknown parameter type"};
    }
}

guichet_status begin(guichet_ctx* ctx) noexcept {
    return guard(ctx, [&] { ctx->begin(); return guichet_status{GUICHET_OK}; });
}
guichet_status commit(guichet_ctx* ctx) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() <= ctx->floor) return record(*ctx, GUICHET_E_STATE, "commit without begin");
        ctx->commit();
        return GUICHET_OK;
    });
}
guichet_status rollback(guichet_ctx* ctx) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (ctx->depth() <= ctx->floor) return record(*ctx, GUICHET_E_STATE, "rollback without begin");
        ctx->rollback();
        return GUICHET_OK;
    });
}

guichet_status exec(guichet_ctx* ctx, guichet_str sql, const guichet_param* p, size_t n, guichet_rows** out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        if (n > kMaxParams) return record(*ctx, GUICHET_E_INVALID, "too many parameters");
        if (!db::is_plain_statement(view(sql)))
            return record(*ctx, GUICHET_E_STATE, "transaction control, SET and several statements in one text are the host's");
        std::array<db::Param, kMaxParams> params;
        for (size_t i = 0; i < n; ++i) params[i] = to_param(p[i]);
        ctx->results.push_back(guichet_rows{ctx->exec(view(sql), {params.data(), n})});
        *out = &ctx->results.back();
        return GUICHET_OK;
    });
}

size_t rows(const guichet_rows* r) noexcept { return r->rows.size(); }
size_t cols(const guichet_rows* r) noexcept { return r->rows.columns(); }
int64_t affected(const guichet_rows* r) noexcept { return r->rows.affected(); }
int32_t column(const guichet_rows* r, guichet_str name) noexcept {
    try {
        return r->rows.column(view(name));
    } catch (...) {
        return -1;
    }
}
int32_t is_null(const guichet_rows* r, size_t row, size_t col) noexcept {
    try {
        return r->rows.is_null(row, col);
    } catch (...) {
        return 1;
    }
}

// No ctx here: a wrong column or type is a bug of the plugin and says so by its status alone.
template <class F>
guichet_status get(F&& f) noexcept {
    try {
        f();
        return GUICHET_OK;
    } catch (...) {
        return GUICHET_E_INVALID;
    }
}
guichet_status get_i64(const guichet_rows* r, size_t row, size_t col, int64_t* out) noexcept {
    return get([&] { *out = r->rows.i64(row, col); });
}
guichet_status get_f64(const guichet_rows* r, size_t row, size_t col, double* out) noexcept {
    return get([&] { *out = r->rows.f64(row, col); });
}
guichet_status get_bool(const guichet_rows* r, size_t row, size_t col, int32_t* out) noexcept {
    return get([&] { *out = r->rows.boolean(row, col); });
}
guichet_status get_text(const guichet_rows* r, size_t row, size_t col, guichet_str* out) noexcept {
    return get([&] { *out = str(r->rows.text(row, col)); });
}
guichet_status get_time(const guichet_rows* r, size_t row, size_t col, int64_t* us) noexcept {
    return get([&] { *us = r->rows.time_us(row, col); });
}

guichet_value* to_value(guichet_ctx* ctx, const guichet_rows* r) noexcept {
    try {
        return wrap(r->rows.to_value(ctx->arena));
    } catch (...) {
        record_current_exception(*ctx);
        return nullptr;
    }
}
guichet_value* row_value(guichet_ctx* ctx, const guichet_rows* r, size_t row) noexcept {
    try {
        return wrap(r->rows.row_value(ctx->arena, row));
    } catch (...) {
        record_current_exception(*ctx);
        return nullptr;
    }
}

}  // namespace

const guichet_db_v1 kDbTable = {{sizeof(guichet_db_v1), 1, 0}, begin, commit, rollback, exec, rows, cols, affected, column,
    is_null, get_i64, get_f64, get_bool, get_text, get_time, to_value, row_value};

}  // namespace host::abi
