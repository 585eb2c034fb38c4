#include "toast.hpp"

#include <cstdio>

namespace tickets {
namespace {

// Decodes one character of valid UTF-8 and moves on.
char32_t next_character(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text[0]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t c = size == 1 ? lead : lead & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size && i < text.size(); ++i) c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3fu);
    text.remove_prefix(std::min(size, text.size()));
    return c;
}

void add_unit(std::string& out, char32_t unit) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(unit));
    out += escape;
}

// Browsers read headers as Latin-1: everything else is escaped.
std::string ascii_json(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        const auto c = next_character(text);
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') out += static_cast<char>(c);
        else if (c < 0x10000) add_unit(out, c);
        else {
            add_unit(out, 0xd800 + ((c - 0x10000) >> 10));
            add_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
    return out += '"';
}

}  // namespace

void toast(guichet::Request request, std::string_view message) {
    request.header("HX-Trigger", R"({"guichet:toast": {"kind": "success", "message": )" + ascii_json(message) + "}}");
}

}  // namespace tickets
