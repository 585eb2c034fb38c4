// The tokens of a template, one ahead.
#pragma once

#include "ui/template/lexer.hpp"

#include <string>

namespace host::ui {

class TokenStream {
public:
    // advance() gives the first token.
    explicit TokenStream(std::string_view source) : lexer_{source} {}

    const Token& current() const { return current_; }
    Token peek() const;                           // the one after; "end" when it cannot be read
    void advance() { current_ = lexer_.next(); }  // throws SyntaxError
    void skip_tag();                              // to the first token behind the tag; throws SyntaxError

    bool is(std::string_view symbol) const { return current_.type == TokenType::symbol && current_.text == symbol; }
    bool accept(std::string_view symbol);
    void expect(std::string_view symbol);
    std::string_view expect_name(const char* what);
    void expect_close();
    [[noreturn]] void fail(const std::string& message) const;  // at the current token

private:
    Lexer lexer_;
    Token current_;
};

// What a text between quotes means: \" \\ \n. Throws SyntaxError.
std::string text_of(const Token& string);

}  // namespace host::ui
