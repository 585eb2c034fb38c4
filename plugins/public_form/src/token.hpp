// Secrets of links and visits: unpredictable, and kept as their SHA-256 only (R29). Any thread.
#pragma once

#include <string>
#include <string_view>

namespace public_form {

std::string random_token();  // 256 bits of the system's generator, as 43 characters of [A-Za-z0-9_-]
bool is_token(std::string_view text);
std::string token_hash(std::string_view token);  // 64 hexadecimal digits

std::string mac(std::string_view text, std::string_view key);  // HMAC-SHA-512-256, as 43 characters; key: 32 bytes
bool same_secret(std::string_view a, std::string_view b);      // only the lengths may leak

}  // namespace public_form
