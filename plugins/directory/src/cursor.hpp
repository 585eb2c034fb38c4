// Where a list goes on: the sort, and the sort key and id of the last row shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace directory {

struct Cursor {
    std::string sort;
    std::int64_t id = 0;
    std::string key;
    bool operator==(const Cursor&) const = default;
};

// Hexadecimal digits: safe in a URL and meant to be passed on unread.
std::string encode(const Cursor& cursor);
std::optional<Cursor> decode(std::string_view text);

}  // namespace directory
