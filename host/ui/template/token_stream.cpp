#include "ui/template/token_stream.hpp"

#include "ui/template/diagnostics.hpp"

namespace host::ui {

Token TokenStream::peek() const {
    try {
        Lexer ahead = lexer_;
        return ahead.next();
    } catch (const SyntaxError&) {
        return {};
    }
}

void TokenStream::skip_tag() {
    lexer_.skip_tag();
    advance();
}

bool TokenStream::accept(std::string_view symbol) {
    if (!is(symbol)) return false;
    advance();
    return true;
}

void TokenStream::expect(std::string_view symbol) {
    if (!accept(symbol)) fail("expected " + std::string{symbol});
}

std::string_view TokenStream::expect_name(const char* what) {
    if (current_.type != TokenType::name) fail(std::string{"expected "} + what);
    const std::string_view name = current_.text;
    advance();
    return name;
}

void TokenStream::expect_close() {
    if (current_.type == TokenType::close) return advance();
    if (is(":"))
        throw SyntaxError{current_.offset,
                          "the : of a filter's arguments follows its name directly, and only tr, plural and default take any"};
    fail("expected the end of the tag, or an operator");
}

void TokenStream::fail(const std::string& message) const {
    const bool shows = current_.type != TokenType::close && current_.type != TokenType::end;
    throw SyntaxError{current_.offset, shows ? message + ", not " + std::string{current_.text} : message};
}

std::string text_of(const Token& string) {
    std::string text;
    for (std::size_t i = 0; i < string.text.size(); ++i) {
        if (string.text[i] != '\\') {
            text += string.text[i];
            continue;
        }
        const char escaped = string.text[++i];
        if (escaped != '"' && escaped != '\\' && escaped != 'n')
            throw SyntaxError{string.offset + i, "only \\\", \\\\ and \\n may follow a backslash"};
        text += escaped == 'n' ? '\n' : escaped;
    }
    return text;
}

}  // namespace host::ui
