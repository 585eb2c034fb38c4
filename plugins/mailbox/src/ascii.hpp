// Case where it does not matter in mail: header fields, domains, and by custom whole addresses. ASCII only; text is text_scan.hpp's.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace mailbox {

inline std::string lower_case(std::string_view ascii) {
    std::string out{ascii};
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

}  // namespace mailbox
