#include "base/sha256.hpp"

#include "base/strings.hpp"

#include <sodium.h>

namespace host::base {

std::string sha256_hex(std::string_view bytes) {
    std::string digest(crypto_hash_sha256_BYTES, '\0');
    crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()),
                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return hex(digest);
}

}  // namespace host::base
