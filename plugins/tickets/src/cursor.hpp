// Where a list goes on: its order, and the key and id of the last row shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tickets {

struct Cursor {
    std::string sort;  // name of the order, "-created_at"
    int64_t key = 0;   // microseconds since 1970 or a number, as the order has it
    int64_t id = 0;
    std::string group;  // code of the priority when that comes first
};

// Letters, digits and "._-": safe in a URL and meant to be passed on unread.
std::string encode(const Cursor& cursor);
// nullopt when it is no cursor of that order.
std::optional<Cursor> decode(std::string_view text, std::string_view sort);

}  // namespace tickets
