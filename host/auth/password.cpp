#include "auth/password.hpp"

#include "base/strings.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <new>
#include <set>
#include <stdexcept>

namespace host::auth {
namespace {

constexpr std::size_t kFewestDifferent = 5;
constexpr std::size_t kFewestBesideOwn = 6;  // characters beside the login, the name or the e-mail

// Those of the well-known lists that are long enough, without the digits and signs at their end.
constexpr std::string_view kCommon[] = {"motdepasse",
                                        "monmotdepasse",
                                        "azertyuiop",
                                        "azertyuiopqs",
                                        "azertyuiopqsdfghjklm",
                                        "qwertyuiop",
                                        "qwertyuiopas",
                                        "qwertyuiopasdfghjklzxcvbnm",
                                        "password",
                                        "mypassword",
                                        "passwordpassword",
                                        "motdepassemotdepasse",
                                        "administrateur",
                                        "administrator",
                                        "adminadmin",
                                        "adminadminadmin",
                                        "changeme",
                                        "changemenow",
                                        "letmein",
                                        "letmeinletmein",
                                        "iloveyou",
                                        "jetaime",
                                        "jetaimejetaime",
                                        "bienvenue",
                                        "welcome",
                                        "welcomewelcome",
                                        "superadmin",
                                        "guichet",
                                        "guichetguichet",
                                        "1q2w3e4r5t6y",
                                        "1qaz2wsx3edc",
                                        "abcdefghijkl",
                                        "abcdefghijklmnop",
                                        "aqwzsxedcrfv",
                                        "soleilsoleil"};

std::string_view without_end(std::string_view text) {
    const auto last = text.find_last_not_of("0123456789!?.,*-_+#@$& ");
    return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

}  // namespace

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

bool common_password(std::string_view password, std::initializer_list<std::string_view> about) {
    const auto text = base::lower_ascii(password);
    if (std::set<char>(text.begin(), text.end()).size() < kFewestDifferent) return true;
    const auto core = without_end(text);
    if (core.empty()) return true;  // digits and signs only
    if (std::ranges::find(kCommon, core) != std::end(kCommon) || std::ranges::find(kCommon, std::string_view{text}) != std::end(kCommon))
        return true;
    return std::ranges::any_of(about, [&](std::string_view own) {
        return own.size() >= 4 && text.find(base::lower_ascii(own)) != std::string::npos && text.size() < own.size() + kFewestBesideOwn;
    });
}

}  // namespace host::auth
