#include "base/mac.hpp"

#include "base/strings.hpp"

#include <sodium.h>

namespace host::base {

std::string mac(std::string_view key, std::string_view text) {
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    return hex(hash);
}

}  // namespace host::base
