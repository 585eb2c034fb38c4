// Secrets: unpredictable bytes and comparison that takes the same time whatever differs. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace host::base {

std::string random_bytes(std::size_t count);
std::string random_token(std::size_t bytes);  // of random bytes, base64url without padding
bool constant_time_equal(std::string_view a, std::string_view b);  // only the lengths may leak

}  // namespace host::base
