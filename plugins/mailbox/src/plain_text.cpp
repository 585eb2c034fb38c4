#include "plain_text.hpp"

#include <algorithm>

namespace mailbox {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_punctuation(char c) { return c > ' ' && c < 0x7f && !is_digit(c) && !is_letter(c); }

// The character there, '\n' before the beginning and behind the end.
char at(std::string_view line, std::size_t i) { return i < line.size() ? line[i] : '\n'; }

bool is_gap(char c) { return is_blank(c) || c == '\n'; }

// "&eacute;", "&#233;"
bool begins_entity(std::string_view rest) {
    const auto end = std::ranges::find_if(rest.substr(1), [](char c) { return !is_digit(c) && !is_letter(c) && c != '#'; });
    return end != rest.end() && *end == ';' && rest.size() > 2;
}

// Of an address of the web that begins there; 0 when none does.
std::size_t web_address_length(std::string_view line, std::size_t i) {
    const auto rest = line.substr(i);
    if (i > 0 && !is_gap(line[i - 1]) && line[i - 1] != '(') return 0;
    if (!rest.starts_with("http://") && !rest.starts_with("https://") && !rest.starts_with("www.")) return 0;
    constexpr std::string_view kNotInIt = " \t<>()[]\"'`*|\\~";
    std::size_t end = 0;
    while (end < rest.size() && kNotInIt.find(rest[end]) == rest.npos && !(rest[end] == '&' && begins_entity(rest.substr(end)))) ++end;
    return end;
}

// What means something at the beginning of a line only: the position of the character to escape, or npos.
std::size_t block_mark(std::string_view line) {
    const auto begin = std::min(line.find_first_not_of(" \t"), line.size());
    const char first = at(line, begin), next = at(line, begin + 1);
    if (first == '>' || first == '=') return begin;
    if (first == '#') {
        const auto behind = std::min(line.find_first_not_of('#', begin), line.size());
        return is_gap(at(line, behind)) ? begin : line.npos;
    }
    if ((first == '-' || first == '+') && (is_gap(next) || next == first)) return begin;
    if (!is_digit(first)) return line.npos;
    auto end = begin;
    while (is_digit(at(line, end))) ++end;
    return (at(line, end) == '.' || at(line, end) == ')') && is_gap(at(line, end + 1)) ? end : line.npos;
}

// What means something anywhere in it.
bool is_inline_mark(std::string_view line, std::size_t i) {
    const char before = i > 0 ? line[i - 1] : '\n', next = at(line, i + 1);
    switch (line[i]) {
        case '`':
        case '~':
        case '|':
        case '*':
            return true;
        case '_':
            return !((is_digit(before) || is_letter(before)) && (is_digit(next) || is_letter(next)));
        case '<':
            return !is_gap(next);
        case ']':
            return next == '(' || next == '[' || next == ':';
        case '&':
            return begins_entity(line.substr(i));
        case '\\':
            return is_punctuation(next) || next == '\n';
        default:
            return false;
    }
}

void append_line(std::string_view line, std::string& out) {
    const auto block = block_mark(line);
    for (std::size_t i = 0; i < line.size();) {
        if (const auto length = web_address_length(line, i)) {
            out += line.substr(i, length);
            i += length;
            continue;
        }
        if (i == block || is_inline_mark(line, i)) out += '\\';
        out += line[i++];
    }
}

}  // namespace

std::string as_markdown(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size() + utf8.size() / 16);
    while (!utf8.empty()) {
        const auto end = std::min(utf8.find('\n'), utf8.size());
        append_line(utf8.substr(0, end), out);
        if (end < utf8.size()) out += '\n';
        utf8.remove_prefix(std::min(end + 1, utf8.size()));
    }
    return out;
}

std::string cut_markdown(std::string_view markdown, std::size_t characters) {
    std::size_t end = 0;
    for (; end < markdown.size(); ++end)
        if ((static_cast<unsigned char>(markdown[end]) & 0xc0) != 0x80 && characters-- == 0) break;
    const auto kept = markdown.substr(0, end);
    const auto backslashes = kept.size() - std::min(kept.find_last_not_of('\\') + 1, kept.size());
    return std::string{kept.substr(0, end < markdown.size() && backslashes % 2 == 1 ? end - 1 : end)};
}

}  // namespace mailbox
