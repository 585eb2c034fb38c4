// Expressions, written as instructions that leave one operand.
#pragma once

#include "ui/template/emitter.hpp"
#include "ui/template/html_state.hpp"
#include "ui/template/token_stream.hpp"

#include <string>
#include <string_view>

namespace host::ui {

class ExpressionParser {
public:
    ExpressionParser(TokenStream& tokens, Emitter& emitter, std::string_view domain)
        : tokens_{tokens}, emitter_{emitter}, domain_{domain} {}

    // All throw SyntaxError.
    void parse();
    Shape parse_output();  // also json(), which leaves its argument

    void enter_loop() { ++loops_; }
    void leave_loop() { --loops_; }

private:
    struct Binary;
    void binary(int level);
    void logical(Op op);
    void filtered();
    void unary();
    void primary();
    void integer();
    void name();
    void loop_member();
    void filter();
    void translate();
    void plural();
    std::string plural_form(std::string_view separator);
    std::uint32_t arguments(std::uint32_t limit);
    std::uint32_t further_arguments(std::uint32_t limit);
    bool next_is_assignment() const;
    void check_placeholders(std::string_view msgid, std::uint32_t count) const;

    void function(std::string_view name, std::size_t offset);
    std::uint32_t call_arguments();
    void url(std::size_t offset);
    void asset();
    void icon();
    std::string literal(const char* what);

    TokenStream& tokens_;
    Emitter& emitter_;
    std::string_view domain_;
    Shape shape_ = Shape::value;
    int loops_ = 0;
    int nesting_ = 0;
};

}  // namespace host::ui
