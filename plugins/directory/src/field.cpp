#include "field.hpp"

#include <algorithm>
#include <chrono>

namespace directory {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// Blanks that are easily pasted and never seen: no-break spaces, zero-width space, byte order mark.
constexpr std::string_view kBlanks[] = {" ", "\n", "\xc2\xa0", "\xe2\x80\x8b", "\xe2\x80\xaf", "\xe3\x80\x80", "\xef\xbb\xbf"};

std::string_view trim(std::string_view s) {
    for (bool again = true; again;) {
        again = false;
        for (const auto blank : kBlanks) {
            if (s.starts_with(blank)) s.remove_prefix(blank.size()), again = true;
            if (s.ends_with(blank)) s.remove_suffix(blank.size()), again = true;
        }
    }
    return s;
}

bool is_email(std::string_view s) {
    const auto at = s.find('@');
    if (at == 0 || at == s.npos || at > 64 || s.size() > 254) return false;
    const auto domain = s.substr(at + 1);
    const bool dots = domain.find('.') != domain.npos && !domain.starts_with('.') && !domain.ends_with('.') &&
                      domain.find("..") == domain.npos;
    return dots && s.find_first_of(" ,;:<>()[]\\\"") == s.npos && domain.find('@') == domain.npos;
}

bool is_website(std::string_view s) {
    for (const std::string_view scheme : {"https://", "http://"})
        if (s.starts_with(scheme)) return s.size() > scheme.size() && s.find_first_of(" \"<>\\") == s.npos;
    return false;
}

bool is_phone(std::string_view s) {
    return s.find_first_not_of("0123456789+()./- ") == s.npos && s.find_first_of("0123456789") != s.npos;
}

bool number_at(std::string_view s, std::size_t at, std::size_t digits, int& out) {
    const auto* first = s.data() + at;
    const auto [end, error] = std::from_chars(first, first + digits, out);
    return error == std::errc{} && end == first + digits && *first != '-';
}

bool is_date(std::string_view s) {
    int y = 0, m = 0, d = 0;
    if (s.size() != 10 || s[4] != '-' || s[7] != '-') return false;
    if (!number_at(s, 0, 4, y) || !number_at(s, 5, 2, m) || !number_at(s, 8, 2, d)) return false;
    using namespace std::chrono;
    return y > 0 && year_month_day{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}}.ok();
}

}  // namespace

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string normalise(Kind kind, std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool line_end = text[i] == '\n' || text[i] == '\r';
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (line_end && kind == Kind::lines) out += '\n';
        else out += is_control(text[i]) ? ' ' : text[i];
    }
    out = trim(out);
    if (kind == Kind::website && !out.empty() && out.find(':') == out.npos) out.insert(0, "https://");
    return out;
}

std::string_view problem_of(Kind kind, std::string_view value) {
    switch (kind) {
        case Kind::email: return is_email(value) ? "" : "Enter an e-mail address such as name@example.com.";
        case Kind::phone: return is_phone(value) ? "" : "Use digits, spaces and + ( ) . - / only.";
        case Kind::website: return is_website(value) ? "" : "Enter an address that begins with https:// or http://.";
        case Kind::date: return is_date(value) ? "" : "Enter a date that exists, such as 2026-12-31.";
        default: return "";
    }
}

std::string fill(std::string_view text, std::string_view value) {
    std::string out{text};
    if (const auto at = out.find("%1"); at != out.npos) out.replace(at, 2, value);
    return out;
}

}  // namespace directory
