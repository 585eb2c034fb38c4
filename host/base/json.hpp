// JSON text <-> base::Value. Reading is Boost.JSON's parser with the limits of security.md R55.
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"

#include <string>

namespace host::base {

// Refuses (with offset in Problem::path): depth > 64, duplicate keys, lone surrogates, NUL in strings, invalid UTF-8, trailing text.
Result<Value*> parse_json(Arena& arena, std::string_view text);
// Compact. time becomes RFC 3339 UTC with microseconds only when not zero; html is written as a string.
void write_json(const Value& value, std::string& out);
std::string to_json(const Value& value);
// "2026-11-22T19:02:40Z"; microseconds are written only when they are not zero.
std::string rfc3339(std::int64_t us_since_1970_utc);

}  // namespace host::base
