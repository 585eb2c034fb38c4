// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/text.hpp - what text from outside goes through before it is looked at. Input is valid UTF-8.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace guichet {

// Code points, as limits for users count them.
inline std::size_t count_characters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// The whole text is one integer.
inline std::optional<int64_t> to_integer(std::string_view text) {
    int64_t n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return n;
}

// For dates and times: digits from..from+count as a number; -1 when they are none.
inline int number_at(std::string_view text, std::size_t from, std::size_t count) {
    int out = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
        out = out * 10 + (text[i] - '0');
    }
    return out;
}

namespace detail {
inline bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
}  // namespace detail

// RFC 4648, 4, with padding: for pictures in a document, "data:image/png;base64,…".
inline std::string base64(std::string_view bytes) {
    constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j) out += i + j <= bytes.size() ? kDigits[group >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

// Without the blanks at both ends, those included that are easily pasted and never seen: no-break spaces,
// zero-width space, ideographic space, byte order mark.
inline std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlanks[] = {" ", "\t", "\n", "\xc2\xa0", "\xe2\x80\x8b", "\xe2\x80\xaf", "\xe3\x80\x80", "\xef\xbb\xbf"};
    for (bool again = true; again;) {
        again = false;
        for (const auto blank : kBlanks) {
            if (text.starts_with(blank)) text.remove_prefix(blank.size()), again = true;
            if (text.ends_with(blank)) text.remove_suffix(blank.size()), again = true;
        }
    }
    return text;
}

// For a title or a name: control characters, line breaks included, and runs of blanks become one blank.
inline std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == ' ' || detail::is_control(c);
        if (!blank) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    return std::string{trim(out)};
}

// For longer text: line breaks are '\n', other control characters but tabs go, no empty lines at the ends.
inline std::string lines(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool carriage_return = text[i] == '\r';
        if (carriage_return && i + 1 < text.size() && text[i + 1] == '\n') continue;
        const char c = carriage_return ? '\n' : text[i];
        if (c == '\n' || c == '\t' || !detail::is_control(c)) out += c;
    }
    return std::string{trim(out)};
}

// What looks like one address of a person: no name, no list, nothing quoted.
inline bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == 0 || at == text.npos || at > 64 || text.size() > 254) return false;
    const auto domain = text.substr(at + 1);
    const bool dots =
        domain.find('.') != domain.npos && !domain.starts_with('.') && !domain.ends_with('.') && domain.find("..") == domain.npos;
    return dots && text.find_first_of(" ,;:<>()[]\\\"") == text.npos && domain.find('@') == domain.npos;
}

// A translated text with %1, %2 … replaced.
inline std::string fill(std::string_view text, std::initializer_list<std::string_view> values) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto n = text[i] == '%' && i + 1 < text.size() ? static_cast<std::size_t>(text[i + 1] - '1') : values.size();
        if (n >= values.size()) {
            out += text[i];
            continue;
        }
        out += values.begin()[n];
        ++i;
    }
    return out;
}

}  // namespace guichet
