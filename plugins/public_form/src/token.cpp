#include "token.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace public_form {
namespace {

constexpr std::size_t kTokenCharacters = 43;  // 32 bytes in base64url without padding

using Bytes = std::array<unsigned char, 32>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string base64(const Bytes& bytes) {
    std::string out(sodium_base64_ENCODED_LEN(std::tuple_size_v<Bytes>, sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out.pop_back();  // its terminator
    return out;
}

}  // namespace

std::string random_token() {
    Bytes bytes;
    randombytes_buf(bytes.data(), bytes.size());
    return base64(bytes);
}

bool is_token(std::string_view text) {
    return text.size() == kTokenCharacters && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
           });
}

std::string token_hash(std::string_view token) {
    Bytes digest;
    crypto_hash_sha256(digest.data(), bytes_of(token), token.size());
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

std::string mac(std::string_view text, std::string_view key) {
    if (key.size() != crypto_auth_KEYBYTES) throw std::invalid_argument{"a key of another length"};
    Bytes tag;
    crypto_auth(tag.data(), bytes_of(text), text.size(), bytes_of(key));
    return base64(tag);
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace public_form
