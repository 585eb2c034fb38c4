// Result of one statement. Owns it; moves, does not copy.
#pragma once

#include "base/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

struct pg_result;

namespace host::db {

class Rows {
public:
    explicit Rows(pg_result* result);
    Rows(Rows&&) noexcept = default;
    Rows& operator=(Rows&&) noexcept = default;

    std::size_t size() const;
    std::size_t columns() const;
    bool empty() const { return size() == 0; }
    std::int64_t affected() const;
    int column(std::string_view name) const;  // -1 when absent
    // An index outside throws std::out_of_range, text that is no such value and NULL throw db::Error "22P02";
    // text() of NULL is "". A view is good as long as the Rows.
    bool is_null(std::size_t row, std::size_t col) const;
    std::string_view text(std::size_t row, std::size_t col) const;
    std::int64_t i64(std::size_t row, std::size_t col) const;
    double f64(std::size_t row, std::size_t col) const;
    bool boolean(std::size_t row, std::size_t col) const;
    std::int64_t time_us(std::size_t row, std::size_t col) const;  // timestamptz; infinity is the largest number
    std::optional<std::int64_t> maybe_i64(std::size_t row, std::size_t col) const;
    std::optional<std::string_view> maybe_text(std::size_t row, std::size_t col) const;
    // Array of objects / one object keyed by column name: json(b) -> tree, timestamptz -> time,
    // int2/4/8 -> integer, float -> real, bool -> boolean, null -> null, anything else -> string.
    base::Value* to_value(base::Arena& arena) const;
    base::Value* row_value(base::Arena& arena, std::size_t row) const;

private:
    struct Clear { void operator()(pg_result* r) const; };
    std::unique_ptr<pg_result, Clear> result_;
};

}  // namespace host::db
