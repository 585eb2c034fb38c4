// A value during a render: of the data, or made by an expression. Texts are borrowed.
#pragma once

#include "base/value.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace host::ui {

struct Operand {
    using Type = base::Value::Type;

    Type type = Type::null;
    union {
        bool boolean;
        std::int64_t integer;  // also time
        double real;
        const base::Value* node;  // array and object
    } scalar{};
    std::string_view text;  // string and html

    static Operand of(const base::Value* value);  // null for nullptr
    static Operand of(bool v);
    static Operand of(std::int64_t v);
    static Operand string(std::string_view v);
    static Operand html(std::string_view v);

    bool is_text() const { return type == Type::string || type == Type::html; }
    bool truthy() const;
    base::Value* to_value(base::Arena& arena) const;
    // As people read it, not escaped; nothing for null, arrays and objects.
    void append_to(std::string& out) const;
};

bool equal(const Operand& a, const Operand& b);
// Of numbers, times or texts; false for what cannot be compared.
bool less(const Operand& a, const Operand& b);
bool less_or_equal(const Operand& a, const Operand& b);

}  // namespace host::ui
