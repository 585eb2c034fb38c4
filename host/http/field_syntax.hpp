// Grammar of header fields (RFC 9110, 5.1 and 5.5).
#pragma once

#include <string_view>

namespace host::http {

bool is_token(std::string_view text);                             // a field name or a method
bool is_field_value(std::string_view text);                       // no control character but the tabulator
bool same_ignoring_case(std::string_view a, std::string_view b);  // of ASCII letters, as in field names

}  // namespace host::http
