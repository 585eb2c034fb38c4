// Values of custom fields as they come from outside: checked and made canonical (guichet/abi/fields.h). Objects of others
// (user, account, equipment) are read as numbers here; whether they are there is asked by abi/fields_table.cpp. Any thread.
#pragma once

#include "core/fields.hpp"

namespace host::core {

struct FieldLocale {
    std::string_view language, zone;
};

struct FieldReading {
    const base::Value* value = nullptr;  // null: nothing is typed
    std::string_view problem;            // msgid; "" when there is none
    std::string detail;                  // %1 of the problem
};

// given: text of a form in the user's language, or a JSON value. stored: what the object has, or null; a retired list
// entry may stay where it is. The result lives in the arena.
FieldReading read_field(const Field& field, const base::Value& given, const base::Value* stored, const FieldLocale& locale, base::Arena& arena);

// "Dupont SA #12" -> 12, and "12" as well: what a form sends for an object of a plugin. Null when only words are typed.
std::optional<std::int64_t> reference_number(std::string_view typed);

}  // namespace host::core
