// Argon2id (libsodium, interactive limits: 64 MiB, about 60 ms). Any thread; the memory is per call.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace host::auth {

std::string hash_password(std::string_view password);
// An empty hash is compared with a dummy, so that an unknown user costs as much as a wrong password (R18).
bool verify_password(std::string_view password, std::string_view hash);

inline constexpr std::size_t kMinPasswordCharacters = 12;   // R23
inline constexpr std::size_t kMaxPasswordCharacters = 128;
bool acceptable_password(std::string_view password);        // length in code points, valid UTF-8
// Few different characters, one that many people choose, or hardly more than one of the texts about the user; case,
// accents apart, does not matter.
bool common_password(std::string_view password, std::initializer_list<std::string_view> about);

}  // namespace host::auth
