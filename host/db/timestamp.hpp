// PostgreSQL's text form of timestamps and dates (ISO). Used inside host/db only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace host::db {

// Microseconds since 1970 UTC; without an offset the text is taken as UTC. Null for anything else, and for
// years past 32767.
std::optional<std::int64_t> parse_timestamp(std::string_view text);

}  // namespace host::db
