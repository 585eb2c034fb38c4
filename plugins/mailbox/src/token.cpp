#include "token.hpp"

#include "ascii.hpp"

#include <sodium.h>
#include <guichet/sdk/text.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace mailbox {
namespace {

constexpr std::size_t kMacBytes = 10;
constexpr std::string_view kBase32 = "abcdefghijklmnopqrstuvwxyz234567";

std::string to_base32(std::string_view bytes) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : bytes) {
        bits = bits << 8 | static_cast<unsigned char>(c);
        for (count += 8; count >= 5; count -= 5) out += kBase32[bits >> (count - 5) & 31];
        bits &= 31;
    }
    if (count > 0) out += kBase32[bits << (5 - count) & 31];
    return out;
}

// Only what to_base32() writes: the bits left over are zero.
std::optional<std::string> from_base32(std::string_view text) {
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto digit = kBase32.find(c);
        if (digit == kBase32.npos) return std::nullopt;
        bits = bits << 5 | static_cast<std::uint32_t>(digit);
        count += 5;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 255);
        bits &= (1u << count) - 1;
    }
    if (count >= 5 || bits != 0) return std::nullopt;
    return out;
}

// Seven bits a byte, lowest first; the highest bit says that more follow (LEB128).
std::string to_varint(std::uint64_t n) {
    std::string out;
    for (; n >= 128; n >>= 7) out += static_cast<char>(n | 128);
    return out += static_cast<char>(n);
}

std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
    std::uint64_t n = 0;
    for (int shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        n |= std::uint64_t{byte & 127u} << shift;
        if (byte < 128) return n;
    }
    return std::nullopt;
}

std::optional<std::int64_t> to_id(std::string_view text) {
    const auto id = guichet::to_integer(text);
    if (!id || *id <= 0 || text.front() == '0') return std::nullopt;
    return id;
}

std::string mac(const Key& key, Token::Kind kind, std::initializer_list<std::int64_t> ids) {
    std::string input = "guichet.mail/" + std::to_string(static_cast<int>(kind)) + '/' + std::to_string(key.id);
    for (const auto id : ids) input += '/' + std::to_string(id);
    crypto_auth_hmacsha256_state state;
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> out{};
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.secret.data()), key.secret.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(input.data()), input.size());
    crypto_auth_hmacsha256_final(&state, out.data());
    return {out.begin(), out.begin() + kMacBytes};
}

std::string mac_of(const Key& key, const Token& token) {
    switch (token.kind) {
        case Token::Kind::reply:
            return mac(key, token.kind, {token.ticket});
        case Token::Kind::message:
            return mac(key, token.kind, {token.ticket, token.message, token.recipient});
        case Token::Kind::bounce:
            return mac(key, token.kind, {token.mail});
    }
    return {};
}

// "support@example.org" with "+tag" before the @.
std::string tagged(std::string_view address, std::string_view tag) {
    const auto at = std::min(address.rfind('@'), address.size());
    return std::string{address.substr(0, at)} + '+' + std::string{tag} + std::string{address.substr(at)};
}

bool read_key_and_mac(std::string_view text, Token& token) {
    const auto bytes = from_base32(text);
    if (!bytes || bytes->size() <= kMacBytes) return false;
    std::string_view rest{*bytes};
    const auto key = take_varint(rest);
    if (!key || *key > 65'535 || rest.size() != kMacBytes) return false;
    token.key = static_cast<std::uint32_t>(*key);
    token.mac = rest;
    return true;
}

bool read_reply(std::string_view tag, Token& token) {
    const auto dot = tag.find('.');
    const auto ids = from_base32(tag.substr(0, dot));
    const auto code = dot == tag.npos ? std::nullopt : from_base32(tag.substr(dot + 1));
    if (!ids || !code || code->size() != kMacBytes) return false;
    std::string_view rest{*ids};
    const auto key = take_varint(rest);
    const auto ticket = take_varint(rest);
    if (!key || *key > 65'535 || !ticket || *ticket == 0 || !rest.empty()) return false;
    token.kind = Token::Kind::reply;
    token.key = static_cast<std::uint32_t>(*key);
    token.ticket = static_cast<std::int64_t>(*ticket);
    token.mac = *code;
    return true;
}

bool read_bounce(std::string_view tag, Token& token) {
    const auto dot = tag.find('.');
    if (dot == tag.npos) return false;
    const auto mail = to_id(tag.substr(0, dot));
    if (!mail || !read_key_and_mac(tag.substr(dot + 1), token)) return false;
    token.kind = Token::Kind::bounce;
    token.mail = *mail;
    return true;
}

}  // namespace

std::string make_reply_address(const Keys& keys, std::string_view mailbox, std::int64_t ticket) {
    const auto& key = keys.front();
    const auto ids = to_varint(key.id) + to_varint(static_cast<std::uint64_t>(ticket));
    return tagged(mailbox, "t." + to_base32(ids) + '.' + to_base32(mac(key, Token::Kind::reply, {ticket})));
}

std::string make_message_id(const Keys& keys, std::int64_t ticket, std::int64_t message, std::int64_t recipient, std::string_view domain) {
    const auto& key = keys.front();
    const auto code = to_base32(to_varint(key.id) + mac(key, Token::Kind::message, {ticket, message, recipient}));
    return "<t." + std::to_string(ticket) + '.' + std::to_string(message) + '.' + std::to_string(recipient) + '.' + code + '@' +
           std::string{domain} + '>';
}

std::string make_return_path(const Keys& keys, std::string_view address, std::int64_t mail) {
    const auto& key = keys.front();
    return tagged(address, std::to_string(mail) + '.' + to_base32(to_varint(key.id) + mac(key, Token::Kind::bounce, {mail})));
}

std::optional<Token> find_address_token(std::string_view address) {
    const auto text = lower_case(address);
    const auto at = text.rfind('@');
    if (at == text.npos) return std::nullopt;
    const auto plus = text.rfind('+', at);
    if (plus == text.npos) return std::nullopt;
    const auto tag = std::string_view{text}.substr(plus + 1, at - plus - 1);
    Token token{};
    if (tag.starts_with("t.") ? !read_reply(tag.substr(2), token) : !read_bounce(tag, token)) return std::nullopt;
    token.domain = text.substr(at + 1);
    token.address = text.substr(0, plus) + '@' + token.domain;
    return token;
}

std::optional<Token> find_message_id_token(std::string_view message_id) {
    auto text = lower_case(message_id);
    if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
    const auto at = text.rfind('@');
    if (at == text.npos || !text.starts_with("t.")) return std::nullopt;
    std::vector<std::string_view> words;
    for (std::string_view rest = std::string_view{text}.substr(2, at - 2);;) {
        const auto dot = rest.find('.');
        words.push_back(rest.substr(0, dot));
        if (dot == rest.npos) break;
        rest.remove_prefix(dot + 1);
    }
    if (words.size() != 4) return std::nullopt;
    const auto ticket = to_id(words[0]), message = to_id(words[1]), recipient = to_id(words[2]);
    Token token{};
    if (!ticket || !message || !recipient || !read_key_and_mac(words[3], token)) return std::nullopt;
    token.kind = Token::Kind::message;
    token.ticket = *ticket;
    token.message = *message;
    token.recipient = *recipient;
    token.domain = text.substr(at + 1);
    return token;
}

bool verify(const Keys& keys, const Token& token) {
    return std::ranges::any_of(keys, [&](const Key& key) {
        const auto expected = mac_of(key, token);
        return key.id == token.key && token.mac.size() == kMacBytes && sodium_memcmp(expected.data(), token.mac.data(), kMacBytes) == 0;
    });
}

}  // namespace mailbox
