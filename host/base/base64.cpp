#include "base/base64.hpp"

#include <sodium.h>

#include <cstring>

namespace host::base {

namespace {

constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;

}  // namespace

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), kVariant);
    out.resize(std::strlen(out.c_str()));
    return out;
}

bool is_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    return sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr, kVariant) == 0;
}

}  // namespace host::base
