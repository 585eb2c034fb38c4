#include "ui/template/operand.hpp"

#include "base/json.hpp"

#include <charconv>
#include <optional>

namespace host::ui {
namespace {

using Type = Operand::Type;

bool is_number(const Operand& v) { return v.type == Type::integer || v.type == Type::real; }
double number(const Operand& v) { return v.type == Type::real ? v.scalar.real : static_cast<double>(v.scalar.integer); }

// -1, 0 or 1; nothing when the two cannot be compared.
std::optional<int> compare(const Operand& a, const Operand& b) {
    const auto sign = [](auto x, auto y) -> std::optional<int> {
        if (x < y) return -1;
        if (y < x) return 1;
        return x == y ? std::optional{0} : std::nullopt;  // not a number
    };
    if (a.is_text() && b.is_text()) return sign(a.text, b.text);
    if (is_number(a) && is_number(b) && a.type != b.type) return sign(number(a), number(b));
    if (a.type != b.type) return std::nullopt;
    switch (a.type) {
        case Type::integer:
        case Type::time:
            return sign(a.scalar.integer, b.scalar.integer);
        case Type::real:
            return sign(a.scalar.real, b.scalar.real);
        default:
            return std::nullopt;
    }
}

template <class T>
void append_number(T n, std::string& out) {
    char digits[32];
    const char* const end = std::to_chars(std::begin(digits), std::end(digits), n).ptr;
    out.append(digits, static_cast<std::size_t>(end - digits));
}

}  // namespace

Operand Operand::of(const base::Value* value) {
    Operand operand;
    if (!value) return operand;
    operand.type = value->type();
    switch (operand.type) {
        case Type::null:
            break;
        case Type::boolean:
            operand.scalar.boolean = value->as_bool();
            break;
        case Type::integer:
        case Type::time:
            operand.scalar.integer = value->as_integer();
            break;
        case Type::real:
            operand.scalar.real = value->as_real();
            break;
        case Type::string:
        case Type::html:
            operand.text = value->as_string();
            break;
        case Type::array:
        case Type::object:
            operand.scalar.node = value;
            break;
    }
    return operand;
}

Operand Operand::of(bool v) {
    Operand operand;
    operand.type = Type::boolean;
    operand.scalar.boolean = v;
    return operand;
}

Operand Operand::of(std::int64_t v) {
    Operand operand;
    operand.type = Type::integer;
    operand.scalar.integer = v;
    return operand;
}

Operand Operand::string(std::string_view v) {
    Operand operand;
    operand.type = Type::string;
    operand.text = v;
    return operand;
}

Operand Operand::html(std::string_view v) {
    Operand operand = string(v);
    operand.type = Type::html;
    return operand;
}

bool Operand::truthy() const {
    switch (type) {
        case Type::null:
            return false;
        case Type::boolean:
            return scalar.boolean;
        case Type::integer:
            return scalar.integer != 0;
        case Type::real:
            return scalar.real != 0;
        case Type::string:
        case Type::html:
            return !text.empty();
        case Type::array:
        case Type::object:
            return scalar.node->truthy();
        case Type::time:
            return true;
    }
    return false;
}

base::Value* Operand::to_value(base::Arena& arena) const {
    using base::Value;
    switch (type) {
        case Type::boolean:
            return Value::boolean(arena, scalar.boolean);
        case Type::integer:
            return Value::integer(arena, scalar.integer);
        case Type::real:
            return Value::real(arena, scalar.real);
        case Type::string:
            return Value::string(arena, text);
        case Type::html:
            return Value::html(arena, text);
        case Type::time:
            return Value::time(arena, scalar.integer);
        default:
            return Value::null(arena);
    }
}

void Operand::append_to(std::string& out) const {
    switch (type) {
        case Type::null:
        case Type::array:
        case Type::object:
            break;
        case Type::boolean:
            out += scalar.boolean ? "true" : "false";
            break;
        case Type::integer:
            append_number(scalar.integer, out);
            break;
        case Type::real:
            append_number(scalar.real, out);
            break;
        case Type::string:
        case Type::html:
            out += text;
            break;
        case Type::time:
            out += base::rfc3339(scalar.integer);
            break;
    }
}

bool equal(const Operand& a, const Operand& b) {
    if (a.type == Type::null || b.type == Type::null) return a.type == b.type;
    if (a.type == Type::boolean && b.type == Type::boolean) return a.scalar.boolean == b.scalar.boolean;
    return compare(a, b) == 0;
}

bool less(const Operand& a, const Operand& b) { return compare(a, b) == -1; }

bool less_or_equal(const Operand& a, const Operand& b) {
    const auto order = compare(a, b);
    return order && *order <= 0;
}

}  // namespace host::ui
