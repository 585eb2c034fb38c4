// What every text from outside goes through before it is looked at.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <string>
#include <string_view>

namespace tickets {

// Characters (code points) of UTF-8 text.
std::size_t length(std::string_view text);
// Without blanks around it; control characters, line breaks included, become one blank.
std::string one_line(std::string_view text);
// Without blanks at the end and empty lines at the start; line breaks are '\n', other control characters go.
std::string lines(std::string_view text);
// The whole text is one integer.
std::optional<int64_t> to_integer(std::string_view text);
// The translated text with %1, %2 … replaced.
std::string fill(std::string_view text, std::initializer_list<std::string_view> values);

}  // namespace tickets
