// Base64 with padding (RFC 4648, 4).
#pragma once

#include <string>
#include <string_view>

namespace host::base {

std::string base64(std::string_view bytes);
bool is_base64(std::string_view text);

}  // namespace host::base
