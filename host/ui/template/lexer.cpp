#include "ui/template/lexer.hpp"

#include "ui/template/diagnostics.hpp"

#include <algorithm>
#include <string>

namespace host::ui {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kSpace = " \t\r\n";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Token Lexer::next() { return closer_.empty() ? markup() : code(); }

Token Lexer::markup() {
    while (at_ < source_.size()) {
        const std::size_t tag = find_tag(at_);
        const bool alone = tag < source_.size() && stands_alone(tag);
        const std::size_t end = alone ? std::max(at_, blanks_before(tag)) : tag;
        if (end > at_) return take(TokenType::markup, end - at_);
        at_ = tag;
        if (source_[tag + 1] != '#') return open_tag(alone);
        skip_comment(alone);
    }
    return {TokenType::end, {}, source_.size(), false};
}

Token Lexer::open_tag(bool alone) {
    tag_ = at_;
    alone_ = alone;
    const bool output = source_[at_ + 1] == '{';
    closer_ = output ? "}}" : "%}";
    return take(output ? TokenType::open_output : TokenType::open_statement, 2);
}

void Lexer::skip_comment(bool alone) {
    const std::size_t begin = at_;
    const std::size_t end = source_.find("#}", at_ + 2);
    at_ = end == source_.npos ? source_.size() : end + 2;
    if (end == source_.npos) throw SyntaxError{begin, "this comment has no end: close it with #}"};
    if (alone) skip_blank_line_end();
}

Token Lexer::code() {
    const std::size_t begin = at_;
    at_ = std::min(source_.find_first_not_of(kSpace, at_), source_.size());
    spaced_ = at_ != begin;
    if (at_ == source_.size()) {
        const std::string closer{closer_};
        closer_ = {};
        throw SyntaxError{tag_, "this tag has no end: close it with " + closer};
    }
    if (source_.substr(at_).starts_with(closer_)) {
        const Token token = take(TokenType::close, 2);
        leave_tag();
        return token;
    }
    const char c = source_[at_];
    std::size_t end = at_;
    if (is_letter(c)) {
        while (end < source_.size() && (is_letter(source_[end]) || is_digit(source_[end]))) ++end;
        return take(TokenType::name, end - at_);
    }
    if (is_digit(c)) {
        while (end < source_.size() && is_digit(source_[end])) ++end;
        return take(TokenType::integer, end - at_);
    }
    return c == '"' ? string() : symbol();
}

Token Lexer::string() {
    const std::size_t begin = at_;
    for (std::size_t i = at_ + 1; i < source_.size(); ++i) {
        if (source_[i] == '\\') {
            ++i;
        } else if (source_[i] == '"') {
            at_ = i + 1;
            return {TokenType::string, source_.substr(begin + 1, i - begin - 1), begin, spaced_};
        }
    }
    throw SyntaxError{begin, "this text has no end: close it with \""};
}

Token Lexer::symbol() {
    for (const std::string_view two : {"==", "!=", "<=", ">=", "&&", "||"})
        if (source_.substr(at_).starts_with(two)) return take(TokenType::symbol, 2);
    if (std::string_view{"!<>=()+-,:?.|"}.find(source_[at_]) != std::string_view::npos) return take(TokenType::symbol, 1);
    if (source_[at_] == '\'') throw SyntaxError{at_, "write texts between double quotes"};
    throw SyntaxError{at_, "this character has no meaning here"};
}

void Lexer::skip_tag() {
    if (closer_.empty()) return;
    const std::size_t end = source_.find(closer_, at_);
    at_ = end == source_.npos ? source_.size() : end + 2;
    leave_tag();
}

void Lexer::leave_tag() {
    closer_ = {};
    if (alone_) skip_blank_line_end();
}

void Lexer::skip_blank_line_end() {
    at_ = std::min(source_.find_first_not_of(kBlanks, at_), source_.size());
    if (source_.substr(at_).starts_with('\r')) ++at_;
    if (source_.substr(at_).starts_with('\n')) ++at_;
}

std::size_t Lexer::find_tag(std::size_t from) const {
    for (std::size_t i = source_.find('{', from); i != source_.npos; i = source_.find('{', i + 1)) {
        const char next = i + 1 < source_.size() ? source_[i + 1] : '\0';
        if (next == '{' || next == '%' || next == '#') return i;
    }
    return source_.size();
}

std::size_t Lexer::end_of_tag(std::size_t tag) const {
    if (source_[tag + 1] == '#') {
        const std::size_t end = source_.find("#}", tag + 2);
        return end == source_.npos ? end : end + 2;
    }
    bool quoted = false;
    for (std::size_t i = tag + 2; i + 1 < source_.size(); ++i) {
        if (quoted && source_[i] == '\\') ++i;
        else if (source_[i] == '"') quoted = !quoted;
        else if (!quoted && source_[i] == '%' && source_[i + 1] == '}') return i + 2;
    }
    return source_.npos;
}

// Where the blanks before offset begin: the start of its line when nothing else is before it.
std::size_t Lexer::blanks_before(std::size_t offset) const { return source_.substr(0, offset).find_last_not_of(kBlanks) + 1; }

bool Lexer::stands_alone(std::size_t tag) const {
    if (source_[tag + 1] == '{') return false;
    const std::size_t start = blanks_before(tag);
    if (start != 0 && source_[start - 1] != '\n') return false;
    const std::size_t end = end_of_tag(tag);
    if (end == source_.npos) return false;
    const std::size_t next = source_.find_first_not_of(" \t\r", end);
    return next == source_.npos || source_[next] == '\n';
}

Token Lexer::take(TokenType type, std::size_t length) {
    const Token token{type, source_.substr(at_, length), at_, spaced_};
    at_ += length;
    return token;
}

}  // namespace host::ui
