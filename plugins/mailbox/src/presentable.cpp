#include "presentable.hpp"

#include <guichet/sdk/text.hpp>

namespace mailbox {
namespace {

constexpr std::size_t kLongest = 300;

// Bytes of the character at the front; 0 when it is not valid (RFC 3629).
std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xc2 ? 0 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : byte(0) < 0xf5 ? 4 : 0;
    if (length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80) return 0;
    const bool wrong = length > 2 && ((byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xed && byte(1) > 0x9f) ||
                                      (byte(0) == 0xf0 && byte(1) < 0x90) || (byte(0) == 0xf4 && byte(1) > 0x8f));
    return wrong ? 0 : length;
}

}  // namespace

std::string presentable(std::string_view from_outside) {
    std::string out;
    while (!from_outside.empty()) {
        const auto length = character_length(from_outside);
        if (out.size() + std::max<std::size_t>(length, 1) > kLongest) break;
        if (length == 0) out += '?';
        else out += from_outside.substr(0, length);
        from_outside.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return guichet::one_line(out);
}

}  // namespace mailbox
