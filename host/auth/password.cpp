#include "auth/password.hpp"

#include "base/strings.hpp"

#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>

namespace host::auth {

std::string hash_password(std::string_view password) {
    if (sodium_init() < 0) throw std::runtime_error{"libsodium cannot start"};
    std::array<char, crypto_pwhash_STRBYTES> out{};
    if (crypto_pwhash_str(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        throw std::bad_alloc{};
    return out.data();
}

bool verify_password(std::string_view password, std::string_view hash) {
    static const std::string dummy = hash_password("no account has this password");
    const std::string stored{hash.empty() ? std::string_view{dummy} : hash};
    return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0 && !hash.empty();
}

bool acceptable_password(std::string_view password) {
    if (!base::valid_utf8(password) || base::contains_nul(password)) return false;
    const auto length = base::count_code_points(password);
    return length >= kMinPasswordCharacters && length <= kMaxPasswordCharacters;
}

}  // namespace host::auth
