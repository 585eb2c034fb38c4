#include "digest.hpp"

#include <sodium.h>

#include <array>

namespace mailbox {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return {hash.begin(), hash.end()};
}

std::string sha256_hex(std::string_view bytes) {
    const auto hash = sha256(bytes);
    char hex[crypto_hash_sha256_BYTES * 2 + 1];
    return sodium_bin2hex(hex, sizeof hex, reinterpret_cast<const unsigned char*>(hash.data()), hash.size());
}

}  // namespace mailbox
