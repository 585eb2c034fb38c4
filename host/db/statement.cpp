#include "db/statement.hpp"

#include "base/strings.hpp"

#include <algorithm>
#include <string>

namespace host::db {
namespace {

constexpr std::size_t kEnd = std::string_view::npos;

bool is_letter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || byte >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Past the end of what starts at position 0 of text; a construct that is never closed goes to the end.
std::size_t after(std::string_view text, std::string_view closing, std::size_t from) {
    const std::size_t found = text.find(closing, from);
    return found == kEnd ? text.size() : found + closing.size();
}

std::size_t block_comment(std::string_view text) {
    int depth = 0;
    for (std::size_t i = 0; i + 1 < text.size();) {
        const std::string_view pair = text.substr(i, 2);
        if (pair == "/*") ++depth, i += 2;
        else if (pair == "*/") --depth, i += 2;
        else ++i;
        if (depth == 0) return i;
    }
    return text.size();
}

std::size_t escape_string(std::string_view text) {  // after the E: '...\'...'
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\') ++i;
        else if (text[i] == '\'') return i + 1;
    }
    return text.size();
}

std::size_t dollar_quote(std::string_view text) {
    std::size_t tag_end = 1;
    if (tag_end < text.size() && is_digit(text[tag_end])) return 1;  // $1
    while (tag_end < text.size() && (is_letter(text[tag_end]) || is_digit(text[tag_end]))) ++tag_end;
    if (tag_end == text.size() || text[tag_end] != '$') return 1;
    return after(text, text.substr(0, tag_end + 1), tag_end + 1);
}

std::size_t word(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end]) || text[end] == '$')) ++end;
    const bool escapes = end == 1 && (text[0] == 'e' || text[0] == 'E') && text.size() > 1 && text[1] == '\'';
    return escapes ? 1 + escape_string(text.substr(1)) : end;
}

// Length of blanks and comments that text starts with.
std::size_t blank(std::string_view text) {
    std::size_t at = 0;
    for (;;) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("--")) at += after(rest, "\n", 2);
        else if (rest.starts_with("/*")) at += block_comment(rest);
        else if (!rest.empty() && base::trim(rest.substr(0, 1)).empty()) ++at;
        else return at;
    }
}

std::size_t token(std::string_view text) {
    switch (text[0]) {
        case '\'': return after(text, "'", 1);
        case '"': return after(text, "\"", 1);
        case '$': return dollar_quote(text);
        default: return is_letter(text[0]) ? word(text) : 1;
    }
}

std::string first_word(std::string_view statement) {
    std::size_t at = 0;
    while (at < statement.size() && statement[at] == '(') at += 1 + blank(statement.substr(at + 1));
    std::size_t end = at;
    while (end < statement.size() && is_letter(statement[end])) ++end;
    return base::lower_ascii(statement.substr(at, end - at));
}

template <std::size_t N>
bool one_of(const std::string& word, const std::string_view (&words)[N]) {
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

}  // namespace

std::vector<std::string_view> split_statements(std::string_view sql) {
    std::vector<std::string_view> statements;
    for (std::size_t at = blank(sql); at < sql.size(); at += blank(sql.substr(at))) {
        std::size_t end = at;
        while (end < sql.size() && sql[end] != ';') {
            end += token(sql.substr(end));
            end += blank(sql.substr(end));
        }
        if (end > at) statements.push_back(sql.substr(at, end - at));
        at = std::min(end + 1, sql.size());
    }
    return statements;
}

bool is_plain_statement(std::string_view sql) {
    constexpr std::string_view kPlain[] = {"select", "insert", "update", "delete", "merge", "with", "values", "table", "lock"};
    const auto statements = split_statements(sql);
    return statements.size() == 1 && one_of(first_word(statements[0]), kPlain);
}

bool is_transaction_control(std::string_view statement) {
    constexpr std::string_view kControl[] = {"begin", "start", "commit", "end", "rollback", "abort", "savepoint", "release"};
    const std::string first = first_word(statement);
    return one_of(first, kControl) ||
           (first == "prepare" && first_word(base::trim(statement.substr(first.size()))) == "transaction");
}

}  // namespace host::db
