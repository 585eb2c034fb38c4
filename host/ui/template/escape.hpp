// Making text safe for the place it is written to. escape_text is in template.hpp.
#pragma once

#include <string>
#include <string_view>

namespace host::ui {

void escape_lines(std::string_view text, std::string& out);    // escaped, line breaks as <br>

bool is_link_scheme(std::string_view lower_case_scheme);  // http https mailto tel
// A path of this site ("/x", "?x", "#x"), or an address with one of those schemes.
bool is_safe_link(std::string_view url);
bool is_safe_path(std::string_view url);  // "/x" only

}  // namespace host::ui
