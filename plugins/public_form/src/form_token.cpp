#include "form_token.hpp"

#include "token.hpp"

namespace public_form {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kLongest = 24 * 3600 * kSecond;

std::string key(guichet::Ctx ctx) {
    const auto hex = ctx.exec("select encode(key, 'hex') from form_key").text(0, 0);
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        int byte = 0;
        std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

}  // namespace

std::string FormToken::issue(guichet::Ctx ctx) {
    const auto text = std::to_string(ctx.now().us) + '.' + random_token();
    return text + '.' + mac(text, key(ctx));
}

FormToken::State FormToken::check(guichet::Ctx ctx, std::string_view token, int64_t fastest_s) {
    const auto end = token.rfind('.');
    if (end == token.npos || !same_secret(token.substr(end + 1), mac(token.substr(0, end), key(ctx)))) return State::forged;
    const auto age = ctx.now().us - guichet::to_integer(token.substr(0, token.find('.'))).value_or(0);
    if (age > kLongest) return State::expired;
    return age < fastest_s * kSecond ? State::too_soon : State::good;
}

}  // namespace public_form
