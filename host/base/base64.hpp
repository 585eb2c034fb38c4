// Base64 (RFC 4648): with padding, as documents want it (4), and for addresses and files, without (5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace host::base {

std::string base64(std::string_view bytes);
bool is_base64(std::string_view text);

std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);  // nullopt when it is none

}  // namespace host::base
