// The schema of settings, read: which members there are, what each may be.
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"
#include "db/connection.hpp"

#include <string>
#include <string_view>

namespace host::core {

// Throws std::runtime_error when it is no JSON object.
const base::Value& parse_settings_schema(base::Arena& arena, std::string_view schema_json);

// What the form or the checks could not do, and defaults that would be refused. Problem::path is a JSON pointer into the schema.
base::Problems check_settings_schema(const base::Value& schema);

const base::Value* properties_of(const base::Value& schema);                    // null when it has none
std::string_view text_of(const base::Value& schema, std::string_view keyword);  // "" when absent
bool flag_of(const base::Value& schema, std::string_view keyword);              // "x-secret", "x-multiline"
bool is_group(const base::Value& property);                                     // an object with members of its own
bool is_required(const base::Value& schema, std::string_view name);

// Type, bounds, format, pattern. Problem::path is "".
base::Problems check_setting(const base::Value& property, const base::Value& value);
// Also what only the database knows: x-list.
base::Problems check_setting(db::Connection& connection, const base::Value& property, const base::Value& value);

}  // namespace host::core
