// SHA-256 of what is stored, and how it is written.
#pragma once

#include <string>
#include <string_view>

namespace mailbox {

std::string sha256(std::string_view bytes);      // 32 bytes
std::string sha256_hex(std::string_view bytes);  // 64 hexadecimal digits

}  // namespace mailbox
