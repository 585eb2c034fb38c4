#include "base/random.hpp"

#include "base/base64.hpp"

#include <sodium.h>

#include <stdexcept>

namespace host::base {
namespace {

void ready() {
    static const bool initialised = sodium_init() >= 0;
    if (!initialised) throw std::runtime_error{"the random generator of libsodium cannot start"};
}

}  // namespace

std::string random_bytes(std::size_t count) {
    ready();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string random_token(std::size_t bytes) { return base64url(random_bytes(bytes)); }

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace host::base
