// Parameters $1..$n of one statement. Text is borrowed until the call returns.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace host::db {

struct Param {
    enum class Type { null, boolean, integer, real, text, time /* us since 1970 UTC */ };
    Type type = Type::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text{};

    Param() = default;
    Param(std::nullopt_t) {}
    Param(bool v) : type{Type::boolean}, integer{v} {}
    template <std::integral I>
    Param(I v) : type{Type::integer}, integer{static_cast<std::int64_t>(v)} {}
    Param(double v) : type{Type::real}, real{v} {}
    Param(std::string_view v) : type{Type::text}, text{v} {}
    Param(const char* v) : Param{std::string_view{v}} {}
    Param(const std::string& v) : Param{std::string_view{v}} {}
    template <class T>
    Param(const std::optional<T>& v) { if (v) *this = Param{*v}; }
    static Param time(std::int64_t us) { Param p; p.type = Type::time; p.integer = us; return p; }
};

}  // namespace host::db
