// Ids in the addresses of pages.
#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace host::pages {

// 0, which is no id, for what is no number.
inline std::int64_t to_id(std::string_view text) {
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    return error == std::errc{} && end == text.data() + text.size() ? id : 0;
}

}  // namespace host::pages
