#include "abi/guard.hpp"
#include "abi/tables.hpp"
#include "base/json.hpp"

namespace host::abi {
namespace {

using base::Value;

guichet_value* object(guichet_ctx* ctx) noexcept {
    try {
        return wrap(Value::object(ctx->arena));
    } catch (...) {
        return nullptr;
    }
}

guichet_value* array(guichet_ctx* ctx) noexcept {
    try {
        return wrap(Value::array(ctx->arena));
    } catch (...) {
        return nullptr;
    }
}

guichet_status parse(guichet_ctx* ctx, guichet_str json, guichet_value** out) noexcept {
    return guard(ctx, [&]() -> guichet_status {
        auto parsed = base::parse_json(ctx->arena, view(json));
        if (!parsed) return record(*ctx, GUICHET_E_MALFORMED, base::to_text(parsed.problems()));
        *out = wrap(*parsed);
        return GUICHET_OK;
    });
}

guichet_str dump(guichet_ctx* ctx, const guichet_value* v) noexcept {
    try {
        return str(ctx->arena.copy(base::to_json(*unwrap(v))));
    } catch (...) {
        return {};
    }
}

uint32_t type(const guichet_value* v) noexcept {
    return v ? static_cast<uint32_t>(unwrap(v)->type()) : static_cast<uint32_t>(GUICHET_V_NULL);
}
size_t count(const guichet_value* v) noexcept { return v ? unwrap(v)->size() : 0; }
const guichet_value* at(const guichet_value* a, size_t i) noexcept { return a ? wrap(unwrap(a)->at(i)) : nullptr; }
const guichet_value* get(const guichet_value* o, guichet_str key) noexcept { return o ? wrap(unwrap(o)->get(view(key))) : nullptr; }
guichet_str key(const guichet_value* o, size_t i) noexcept { return o ? str(unwrap(o)->key(i)) : guichet_str{}; }

bool is(const guichet_value* v, Value::Type t) noexcept { return v && unwrap(v)->is(t); }

guichet_status as_bool(const guichet_value* v, int32_t* out) noexcept {
    if (!is(v, Value::Type::boolean)) return GUICHET_E_INVALID;
    *out = unwrap(v)->as_bool();
    return GUICHET_OK;
}
guichet_status as_i64(const guichet_value* v, int64_t* out) noexcept {
    if (!is(v, Value::Type::integer)) return GUICHET_E_INVALID;
    *out = unwrap(v)->as_integer();
    return GUICHET_OK;
}
guichet_status as_f64(const guichet_value* v, double* out) noexcept {
    if (!is(v, Value::Type::real) && !is(v, Value::Type::integer)) return GUICHET_E_INVALID;
    *out = unwrap(v)->as_real();
    return GUICHET_OK;
}
guichet_status as_str(const guichet_value* v, guichet_str* out) noexcept {
    if (!is(v, Value::Type::string) && !is(v, Value::Type::html)) return GUICHET_E_INVALID;
    *out = str(unwrap(v)->as_string());
    return GUICHET_OK;
}
guichet_status as_time(const guichet_value* v, int64_t* us) noexcept {
    if (!is(v, Value::Type::time)) return GUICHET_E_INVALID;
    *us = unwrap(v)->as_integer();
    return GUICHET_OK;
}

// An array takes elements (null key), an object takes members.
template <class Make>
guichet_status put_new(guichet_value* to, guichet_str k, Make&& make) noexcept {
    if (!to) return GUICHET_E_INVALID;
    auto* container = unwrap(to);
    const bool element = container->is(Value::Type::array);
    if (!element && !container->is(Value::Type::object)) return GUICHET_E_INVALID;
    try {
        const Value* child = make(container->arena());
        if (element) container->push(child);
        else container->set(view(k), child);
        return GUICHET_OK;
    } catch (...) {
        return GUICHET_E_NOMEM;
    }
}

guichet_status put_null(guichet_value* to, guichet_str k) noexcept {
    return put_new(to, k, [](base::Arena& a) { return Value::null(a); });
}
guichet_status put_bool(guichet_value* to, guichet_str k, int32_t v) noexcept {
    return put_new(to, k, [v](base::Arena& a) { return Value::boolean(a, v != 0); });
}
guichet_status put_i64(guichet_value* to, guichet_str k, int64_t v) noexcept {
    return put_new(to, k, [v](base::Arena& a) { return Value::integer(a, v); });
}
guichet_status put_f64(guichet_value* to, guichet_str k, double v) noexcept {
    return put_new(to, k, [v](base::Arena& a) { return Value::real(a, v); });
}
guichet_status put_str(guichet_value* to, guichet_str k, guichet_str v) noexcept {
    return put_new(to, k, [v](base::Arena& a) { return Value::string(a, view(v)); });
}
guichet_status put_time(guichet_value* to, guichet_str k, int64_t us) noexcept {
    return put_new(to, k, [us](base::Arena& a) { return Value::time(a, us); });
}
guichet_status put(guichet_value* to, guichet_str k, const guichet_value* child) noexcept {
    if (!child) return GUICHET_E_INVALID;
    return put_new(to, k, [child](base::Arena&) { return unwrap(child); });
}

}  // namespace

const guichet_value_v1 kValueTable = {{sizeof(guichet_value_v1), 1, 0}, object, array, parse, dump, type, count, at, get,
    key, as_bool, as_i64, as_f64, as_str, as_time, put_null, put_bool, put_i64, put_f64, put_str, put_time, put};

}  // namespace host::abi
