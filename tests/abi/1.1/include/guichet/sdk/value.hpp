// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/value.hpp - JSON-like trees. A Value is a pointer into the arena of the call context:
// cheap to copy, gone with the context.
#pragma once

#include "error.hpp"

#include <concepts>
#include <optional>

namespace guichet {

// Microseconds since 1970 UTC; RFC 3339 text in JSON, formatted for the user in templates.
struct Time {
    int64_t us;
};

class Value {
public:
    Value() = default;
    Value(guichet_ctx* ctx, const guichet_value* v) : ctx_{ctx}, v_{const_cast<guichet_value*>(v)} {}
    explicit operator bool() const noexcept { return v_ != nullptr; }
    guichet_value* raw() const noexcept { return v_; }

    uint32_t type() const { return v_ ? detail::api.value->type(v_) : static_cast<uint32_t>(GUICHET_V_NULL); }
    bool is_null() const { return type() == GUICHET_V_NULL; }
    bool is_object() const { return type() == GUICHET_V_OBJECT; }
    bool is_array() const { return type() == GUICHET_V_ARRAY; }
    std::size_t size() const { return v_ ? detail::api.value->count(v_) : 0; }

    // An absent member is an empty Value.
    Value operator[](std::string_view key) const {
        return {ctx_, is_object() ? detail::api.value->get(v_, str(key)) : nullptr};
    }
    Value operator[](std::size_t i) const { return {ctx_, is_array() ? detail::api.value->at(v_, i) : nullptr}; }
    std::string_view key(std::size_t i) const { return view(detail::api.value->key(v_, i)); }

    std::optional<std::string_view> text() const {
        guichet_str s{};
        if (!v_ || detail::api.value->as_str(v_, &s) != GUICHET_OK) return std::nullopt;
        return view(s);
    }
    std::optional<int64_t> integer() const {
        int64_t n = 0;
        if (!v_ || detail::api.value->as_i64(v_, &n) != GUICHET_OK) return std::nullopt;
        return n;
    }
    std::optional<bool> boolean() const {
        int32_t b = 0;
        if (!v_ || detail::api.value->as_bool(v_, &b) != GUICHET_OK) return std::nullopt;
        return b != 0;
    }
    std::optional<Time> time() const {
        int64_t us = 0;
        if (!v_ || detail::api.value->as_time(v_, &us) != GUICHET_OK) return std::nullopt;
        return Time{us};
    }

    // Members of an object. Setting a key again replaces it.
    Value& set(std::string_view k, std::string_view v) { return done(detail::api.value->put_str(v_, str(k), str(v))); }
    Value& set(std::string_view k, const char* v) { return set(k, std::string_view{v}); }
    Value& set(std::string_view k, const std::string& v) { return set(k, std::string_view{v}); }
    Value& set(std::string_view k, std::nullopt_t) { return done(detail::api.value->put_null(v_, str(k))); }
    Value& set(std::string_view k, Time t) { return done(detail::api.value->put_time(v_, str(k), t.us)); }
    Value& set(std::string_view k, double d) { return done(detail::api.value->put_f64(v_, str(k), d)); }
    template <std::integral I>
    Value& set(std::string_view k, I v) {
        if constexpr (std::same_as<I, bool>) return done(detail::api.value->put_bool(v_, str(k), v));
        else return done(detail::api.value->put_i64(v_, str(k), static_cast<int64_t>(v)));
    }
    Value& set(std::string_view k, Value child) {
        if (!child) return set(k, std::nullopt);
        return done(detail::api.value->put(v_, str(k), child.raw()));
    }
    template <class T>
    Value& set(std::string_view k, const std::optional<T>& v) {
        if (!v) return set(k, std::nullopt);
        return set(k, *v);
    }
    // Elements of an array.
    template <class T>
    Value& push(T&& v) { return set(std::string_view{}, std::forward<T>(v)); }

private:
    Value& done(guichet_status s) {
        detail::check(ctx_, s);
        return *this;
    }
    guichet_ctx* ctx_ = nullptr;
    guichet_value* v_ = nullptr;
};

}  // namespace guichet
