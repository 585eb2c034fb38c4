#include "base/value.hpp"

#include <algorithm>
#include <new>
#include <type_traits>

namespace host::base {

Value* Value::make(Arena& arena, Type type) {
    static_assert(std::is_trivially_destructible_v<Value>);
    auto* value = ::new (arena.allocate(sizeof(Value), alignof(Value))) Value;
    value->type_ = type;
    return value;
}

Value* Value::null(Arena& arena) { return make(arena, Type::null); }

Value* Value::boolean(Arena& arena, bool v) {
    Value* value = make(arena, Type::boolean);
    value->scalar_.boolean = v;
    return value;
}

Value* Value::integer(Arena& arena, std::int64_t v) {
    Value* value = make(arena, Type::integer);
    value->scalar_.integer = v;
    return value;
}

Value* Value::real(Arena& arena, double v) {
    Value* value = make(arena, Type::real);
    value->scalar_.real = v;
    return value;
}

Value* Value::string(Arena& arena, std::string_view v) {
    Value* value = make(arena, Type::string);
    value->text_ = arena.copy(v);
    return value;
}

Value* Value::html(Arena& arena, std::string_view safe_html) {
    Value* value = make(arena, Type::html);
    value->text_ = arena.copy(safe_html);
    return value;
}

Value* Value::time(Arena& arena, std::int64_t us_since_1970_utc) {
    Value* value = make(arena, Type::time);
    value->scalar_.integer = us_since_1970_utc;
    return value;
}

Value* Value::array(Arena& arena) {
    Value* value = make(arena, Type::array);
    value->arena_ = &arena;
    return value;
}

Value* Value::object(Arena& arena) {
    Value* value = make(arena, Type::object);
    value->arena_ = &arena;
    return value;
}

const Value* Value::at(std::size_t i) const noexcept { return i < count_ ? scalar_.members[i].value : nullptr; }

std::string_view Value::key(std::size_t i) const noexcept {
    return i < count_ ? scalar_.members[i].key : std::string_view{};
}

const Value* Value::get(std::string_view key) const noexcept {
    if (type_ != Type::object) return nullptr;
    for (std::uint32_t i = 0; i < count_; ++i)
        if (scalar_.members[i].key == key) return scalar_.members[i].value;
    return nullptr;
}

void Value::append(Member member) {
    if (count_ == capacity_) {
        const std::uint32_t capacity = std::max(8u, capacity_ * 2);
        auto* grown = static_cast<Member*>(arena_->allocate(capacity * sizeof(Member), alignof(Member)));
        std::uninitialized_copy_n(scalar_.members, count_, grown);
        scalar_.members = grown;
        capacity_ = capacity;
    }
    ::new (&scalar_.members[count_]) Member{member};
    ++count_;
}

void Value::push(const Value* child) { append({{}, child}); }

void Value::append(std::string_view key, const Value* child) { append({key, child}); }

void Value::set(std::string_view key, const Value* child) {
    for (std::uint32_t i = 0; i < count_; ++i) {
        if (scalar_.members[i].key == key) {
            scalar_.members[i].value = child;
            return;
        }
    }
    append({arena_->copy(key), child});
}

void Value::set(std::string_view key, std::string_view v) { set(key, string(*arena_, v)); }
void Value::set(std::string_view key, std::int64_t v) { set(key, integer(*arena_, v)); }
void Value::set(std::string_view key, bool v) { set(key, boolean(*arena_, v)); }

Value* Value::add_object(std::string_view key) {
    Value* child = object(*arena_);
    type_ == Type::array ? push(child) : set(key, child);
    return child;
}

Value* Value::add_array(std::string_view key) {
    Value* child = array(*arena_);
    type_ == Type::array ? push(child) : set(key, child);
    return child;
}

bool Value::truthy() const noexcept {
    switch (type_) {
        case Type::null: return false;
        case Type::boolean: return scalar_.boolean;
        case Type::integer: return scalar_.integer != 0;
        case Type::real: return scalar_.real != 0;
        case Type::string:
        case Type::html: return !text_.empty();
        case Type::array:
        case Type::object: return count_ != 0;
        case Type::time: return true;
    }
    return false;
}

namespace {

bool is_number(const Value& v) { return v.is(Value::Type::integer) || v.is(Value::Type::real); }
bool is_text(const Value& v) { return v.is(Value::Type::string) || v.is(Value::Type::html); }

bool equal_numbers(const Value& a, const Value& b) {
    if (a.is(Value::Type::integer) && b.is(Value::Type::integer)) return a.as_integer() == b.as_integer();
    return a.as_real() == b.as_real();
}

bool equal_elements(const Value& a, const Value& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto* other = a.is(Value::Type::array) ? b.at(i) : b.get(a.key(i));
        if (!other || !equal(*a.at(i), *other)) return false;
    }
    return true;
}

}  // namespace

Value* copy(Arena& arena, const Value& value) {
    switch (value.type()) {
        case Value::Type::null: return Value::null(arena);
        case Value::Type::boolean: return Value::boolean(arena, value.as_bool());
        case Value::Type::integer: return Value::integer(arena, value.as_integer());
        case Value::Type::real: return Value::real(arena, value.as_real());
        case Value::Type::string: return Value::string(arena, value.as_string());
        case Value::Type::html: return Value::html(arena, value.as_string());
        case Value::Type::time: return Value::time(arena, value.as_integer());
        case Value::Type::array: break;
        case Value::Type::object: {
            auto* object = Value::object(arena);
            for (std::size_t i = 0; i < value.size(); ++i) object->append(arena.copy(value.key(i)), copy(arena, *value.at(i)));
            return object;
        }
    }
    auto* array = Value::array(arena);
    for (std::size_t i = 0; i < value.size(); ++i) array->push(copy(arena, *value.at(i)));
    return array;
}

bool equal(const Value& a, const Value& b) {
    if (is_number(a) && is_number(b)) return equal_numbers(a, b);
    if (is_text(a) && is_text(b)) return a.as_string() == b.as_string();
    if (a.type() != b.type()) return false;
    switch (a.type()) {
        case Value::Type::boolean: return a.as_bool() == b.as_bool();
        case Value::Type::time: return a.as_integer() == b.as_integer();
        case Value::Type::array:
        case Value::Type::object: return equal_elements(a, b);
        default: return true;
    }
}

}  // namespace host::base
