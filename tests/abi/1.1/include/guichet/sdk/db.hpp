// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/db.hpp - query parameters and result rows.
#pragma once

#include "value.hpp"

namespace guichet {

inline guichet_param param(std::string_view s) {
    guichet_param p{};
    p.type = GUICHET_P_TEXT;
    p.v.str = str(s);
    return p;
}
inline guichet_param param(const char* s) { return param(std::string_view{s}); }
inline guichet_param param(const std::string& s) { return param(std::string_view{s}); }
inline guichet_param param(std::nullopt_t) { return {}; }
inline guichet_param param(double d) {
    guichet_param p{};
    p.type = GUICHET_P_F64;
    p.v.f64 = d;
    return p;
}
inline guichet_param param(Time t) {
    guichet_param p{};
    p.type = GUICHET_P_TIME;
    p.v.i64 = t.us;
    return p;
}
template <std::integral I>
guichet_param param(I i) {
    guichet_param p{};
    p.type = std::same_as<I, bool> ? GUICHET_P_BOOL : GUICHET_P_I64;
    p.v.i64 = static_cast<int64_t>(i);
    return p;
}
template <class T>
guichet_param param(const std::optional<T>& v) {
    return v ? param(*v) : guichet_param{};
}

// Result of one statement; valid until the context ends.
class Rows {
public:
    Rows(guichet_ctx* ctx, const guichet_rows* r) : ctx_{ctx}, r_{r} {}
    std::size_t size() const { return detail::api.db->rows(r_); }
    bool empty() const { return size() == 0; }
    int64_t affected() const { return detail::api.db->affected(r_); }
    bool is_null(std::size_t row, std::size_t col) const { return detail::api.db->is_null(r_, row, col) != 0; }
    int64_t i64(std::size_t row, std::size_t col) const {
        int64_t v = 0;
        detail::check(ctx_, detail::api.db->get_i64(r_, row, col, &v));
        return v;
    }
    bool boolean(std::size_t row, std::size_t col) const {
        int32_t v = 0;
        detail::check(ctx_, detail::api.db->get_bool(r_, row, col, &v));
        return v != 0;
    }
    std::string_view text(std::size_t row, std::size_t col) const {
        guichet_str v{};
        detail::check(ctx_, detail::api.db->get_text(r_, row, col, &v));
        return view(v);
    }
    Time time(std::size_t row, std::size_t col) const {
        int64_t us = 0;
        detail::check(ctx_, detail::api.db->get_time(r_, row, col, &us));
        return Time{us};
    }
    std::optional<int64_t> maybe_i64(std::size_t row, std::size_t col) const {
        if (is_null(row, col)) return std::nullopt;
        return i64(row, col);
    }
    std::optional<std::string_view> maybe_text(std::size_t row, std::size_t col) const {
        if (is_null(row, col)) return std::nullopt;
        return text(row, col);
    }
    // Array of objects keyed by column name.
    Value value() const { return {ctx_, detail::api.db->to_value(ctx_, r_)}; }
    Value row(std::size_t i) const { return {ctx_, detail::api.db->row_value(ctx_, r_, i)}; }

private:
    guichet_ctx* ctx_;
    const guichet_rows* r_;
};

}  // namespace guichet
