#include "ui/template/condition.hpp"

#include "base/strings.hpp"
#include "ui/template/diagnostics.hpp"
#include "ui/template/emitter.hpp"
#include "ui/template/expression.hpp"
#include "ui/template/render.hpp"
#include "ui/template/token_stream.hpp"

namespace host::ui {
namespace {

constexpr std::string_view kOpen = "{{ ", kClose = " }}";

// Writes something when the expression is true.
void parse_into(Program& program, std::string_view source) {
    TokenStream tokens{source};
    Emitter emitter{program};
    tokens.advance();
    tokens.advance();
    ExpressionParser{tokens, emitter, program.domain}.parse();
    const auto otherwise = emitter.emit(Op::jump_unless);
    emitter.markup("1");
    emitter.land(otherwise);
    tokens.expect_close();
    if (tokens.current().type != TokenType::end) tokens.fail("nothing may follow the expression");
}

}  // namespace

base::Result<Condition> Condition::parse(std::string_view name, std::string_view expression) {
    base::Problems problems;
    Diagnostics diagnostics{name, expression, problems};
    auto program = std::make_shared<Program>();
    if (!base::valid_utf8(expression) || base::contains_nul(expression)) diagnostics.report(0, "the expression is not UTF-8 text");
    else
        try {
            parse_into(*program, std::string{kOpen} + std::string{expression} + std::string{kClose});
        } catch (const SyntaxError& error) {
            diagnostics.report(std::min(error.offset() - std::min(error.offset(), kOpen.size()), expression.size()), error.what());
        }
    if (!problems.empty()) return problems;
    return Condition{std::move(program)};
}

bool Condition::holds(const base::Value& data, const Environment& environment) const {
    std::string out;
    Renderer{environment, out}.render(*program_, data);
    return !out.empty();
}

}  // namespace host::ui
