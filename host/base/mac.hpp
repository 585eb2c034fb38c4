// A keyed hash (BLAKE2b): proves that a text that went through the user's hands is ours. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace host::base {

// 64 lower-case hexadecimal digits. key: 16 to 64 bytes. Compare with constant_time_equal.
std::string mac(std::string_view key, std::string_view text);

}  // namespace host::base
