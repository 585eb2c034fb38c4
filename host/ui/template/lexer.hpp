// Cuts a template into markup and the tokens of its tags. Comments are left out, and so is the line of a
// statement or comment that stands alone on it.
#pragma once

#include <cstddef>
#include <string_view>

namespace host::ui {

enum class TokenType { markup, open_output, open_statement, close, name, string, integer, symbol, end };

struct Token {
    TokenType type = TokenType::end;
    std::string_view text;   // of a string: what is between the quotes, as written
    std::size_t offset = 0;  // in the source
    bool spaced = false;     // white space before it
};

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_{source} {}

    // Throws SyntaxError. Once at the end, stays there.
    Token next();
    // Goes behind the tag that is being read.
    void skip_tag();

private:
    Token markup();
    Token code();
    Token open_tag(bool alone);
    Token string();
    Token symbol();
    void skip_comment(bool alone);
    void leave_tag();
    void skip_blank_line_end();
    std::size_t find_tag(std::size_t from) const;
    std::size_t end_of_tag(std::size_t tag) const;
    std::size_t blanks_before(std::size_t offset) const;
    bool stands_alone(std::size_t tag) const;
    Token take(TokenType type, std::size_t length);

    std::string_view source_;
    std::size_t at_ = 0;
    std::size_t tag_ = 0;      // where the open tag began
    std::string_view closer_;  // empty outside of a tag
    bool alone_ = false;       // the open tag is the only thing on its line
    bool spaced_ = false;
};

}  // namespace host::ui
