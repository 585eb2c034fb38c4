// JSON-like tree in an arena: data of templates, JSON bodies, rows as objects. A node never moves, so a
// pointer to it is good until the arena goes. A tree that is no longer edited may be shared by threads.
// This is what a plugin sees as guichet_value.
#pragma once

#include "base/arena.hpp"

#include <cstdint>
#include <string_view>

namespace host::base {

class Value {
public:
    // Numbers equal GUICHET_V_* of the plugin ABI.
    enum class Type : std::uint32_t { null = 0, boolean = 1, integer = 2, real = 3, string = 4, array = 5, object = 6, time = 7, html = 8 };

    // Strings are copied into the arena.
    static Value* null(Arena& arena);
    static Value* boolean(Arena& arena, bool v);
    static Value* integer(Arena& arena, std::int64_t v);
    static Value* real(Arena& arena, double v);
    static Value* string(Arena& arena, std::string_view v);
    static Value* html(Arena& arena, std::string_view safe_html);
    static Value* time(Arena& arena, std::int64_t us_since_1970_utc);
    static Value* array(Arena& arena);
    static Value* object(Arena& arena);

    Type type() const noexcept { return type_; }
    bool is(Type t) const noexcept { return type_ == t; }
    bool as_bool() const noexcept { return scalar_.boolean; }              // type boolean only
    std::int64_t as_integer() const noexcept { return scalar_.integer; }   // type integer and time only
    double as_real() const noexcept { return type_ == Type::real ? scalar_.real : static_cast<double>(scalar_.integer); }
    std::string_view as_string() const noexcept { return text_; }          // types string and html only

    std::size_t size() const noexcept { return count_; }                   // elements or members
    const Value* at(std::size_t i) const noexcept;                         // element or member value; nullptr past the end or on a scalar
    std::string_view key(std::size_t i) const noexcept;                    // member name
    const Value* get(std::string_view key) const noexcept;                 // member; nullptr when absent or not an object

    void push(const Value* child);                                         // array only
    void set(std::string_view key, const Value* child);                    // object only; replaces
    // The same for a key that is known to be new and lives as long as the arena: neither compared nor copied.
    void append(std::string_view key, const Value* child);
    // Shorthands for building objects in the host.
    void set(std::string_view key, std::string_view v);
    void set(std::string_view key, const char* v) { set(key, std::string_view{v}); }
    void set(std::string_view key, std::int64_t v);
    void set(std::string_view key, int v) { set(key, std::int64_t{v}); }
    void set(std::string_view key, bool v);
    Value* add_object(std::string_view key);                               // member (object) or element (array, key ignored)
    Value* add_array(std::string_view key);
    Arena& arena() const noexcept { return *arena_; }                      // containers only

    // Template truth: null, false, 0, "", [] and {} are false.
    bool truthy() const noexcept;

private:
    struct Member {
        std::string_view key;
        const Value* value;
    };
    Value() = default;
    static Value* make(Arena& arena, Type type);
    void append(Member member);

    Type type_ = Type::null;
    std::uint32_t count_ = 0;
    std::uint32_t capacity_ = 0;
    union {
        bool boolean;
        std::int64_t integer;
        double real;
        Member* members;
    } scalar_{};
    std::string_view text_;
    Arena* arena_ = nullptr;
};

// A tree of its own: nothing in it changes when the original is edited.
Value* copy(Arena& arena, const Value& value);
// Members in any order; 1 equals 1.0; safe HTML equals the string with the same text.
bool equal(const Value& a, const Value& b);

}  // namespace host::base
