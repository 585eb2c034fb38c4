#include "cursor.hpp"

#include <charconv>

namespace directory {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = kDigits.find(text[i]), low = kDigits.find(text[i + 1]);
        if (high == kDigits.npos || low == kDigits.npos) return std::nullopt;
        out += static_cast<char>(high << 4 | low);
    }
    return out;
}

bool is_utf8(std::string_view s) {
    for (std::size_t i = 0; i < s.size();) {
        const auto lead = static_cast<unsigned char>(s[i++]);
        const int more = lead < 0x80 ? 0 : lead < 0xc2 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1;
        if (lead == 0 || more < 0) return false;
        for (int k = 0; k < more; ++k, ++i)
            if (i == s.size() || (static_cast<unsigned char>(s[i]) & 0xc0) != 0x80) return false;
    }
    return true;
}

}  // namespace

std::string encode(const Cursor& cursor) {
    std::string out;
    for (const char c : cursor.sort + '|' + std::to_string(cursor.id) + '|' + cursor.key) {
        const auto byte = static_cast<unsigned char>(c);
        out += kDigits[byte >> 4];
        out += kDigits[byte & 15];
    }
    return out;
}

std::optional<Cursor> decode(std::string_view text) {
    const auto plain = from_hex(text);
    if (!plain || !is_utf8(*plain)) return std::nullopt;
    const auto first = plain->find('|');
    const auto second = first == plain->npos ? first : plain->find('|', first + 1);
    if (second == plain->npos) return std::nullopt;
    Cursor out{plain->substr(0, first), 0, plain->substr(second + 1)};
    const auto* end = plain->data() + second;
    const auto [stop, error] = std::from_chars(plain->data() + first + 1, end, out.id);
    if (error != std::errc{} || stop != end || out.id <= 0) return std::nullopt;
    return out;
}

}  // namespace directory
