#include "message.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace mailbox {
namespace {

constexpr std::size_t kComparedBody = 64u << 10;

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return {hash.begin(), hash.end()};
}

std::string to_hex(const std::string& bytes) {
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    out.pop_back();
    return out;
}

}  // namespace

const std::string* find_header(const Headers& headers, std::string_view name) {
    const auto wanted = lower(name);
    const auto it =
        std::ranges::find_if(headers, [&](const Header& h) { return h.name.size() == wanted.size() && lower(h.name) == wanted; });
    return it == headers.end() ? nullptr : &it->value;
}

std::string dedup_key(const Message& message) {
    const auto* date = find_header(message.headers, "Date");
    std::string content;
    for (const auto& address : message.from) content += lower(address.address) + '\n';
    content +=
        (date ? *date : "") + '\n' + message.subject + '\n' + (message.text.empty() ? message.html : message.text).substr(0, kComparedBody);
    return to_hex(sha256(message.message_id + '\n' + sha256(content)));
}

}  // namespace mailbox
