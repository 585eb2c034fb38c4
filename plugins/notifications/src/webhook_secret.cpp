#include "webhook_secret.hpp"

#include <sodium.h>

#include <array>

namespace notifications {
namespace {

using Mac = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

Mac mac(std::string_view key, std::initializer_list<std::string_view> parts) {
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
    for (const auto part : parts) crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
    Mac out{};
    crypto_auth_hmacsha256_final(&state, out.data());
    return out;
}

template <std::size_t N>
std::string hex(const std::array<unsigned char, N>& bytes) {
    std::string out(2 * N + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), N);
    out.pop_back();
    return out;
}

}  // namespace

std::string made_key(guichet::Ctx ctx) {
    if (const auto stored = ctx.settings()["webhook_key"].text(); stored && !stored->empty()) return std::string{*stored};
    std::array<unsigned char, 32> random{};
    randombytes_buf(random.data(), random.size());
    const auto made = hex(random);
    ctx.write_settings(ctx.object().set("webhook_key", made));
    return made;
}

std::string stored_key(guichet::Ctx ctx) {
    if (const auto stored = ctx.settings()["webhook_key"].text(); stored && !stored->empty()) return std::string{*stored};
    throw guichet::Error{GUICHET_E_UNAVAILABLE, "the key of the webhooks is gone: show the secret of one of them"};
}

std::string webhook_secret(std::string_view key, int64_t webhook, int64_t generation) {
    return "whsec_" + hex(mac(key, {"webhook/", std::to_string(webhook), "/", std::to_string(generation)}));
}

std::string signature(std::string_view secret, int64_t at_s, std::string_view body) {
    const auto at = std::to_string(at_s);
    return "t=" + at + ",v1=" + hex(mac(secret, {at, ".", body}));
}

}  // namespace notifications
