#include "ui/template/parser.hpp"

#include "base/strings.hpp"
#include "ui/template/diagnostics.hpp"
#include "ui/template/emitter.hpp"
#include "ui/template/expression.hpp"
#include "ui/template/html_state.hpp"
#include "ui/template/token_stream.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace host::ui {
namespace {

constexpr int kMaxNesting = 64;

class Parser {
public:
    Parser(std::string_view name, std::string_view source, const FindProgram& find, Program& program, base::Problems& problems)
        : source_{source},
          find_{find},
          diagnostics_{name, source, problems},
          html_{diagnostics_},
          tokens_{source},
          emitter_{program},
          expressions_{tokens_, emitter_, program.domain} {}

    void parse() {
        if (!base::valid_utf8(source_) || base::contains_nul(source_)) return diagnostics_.report(0, "the template is not UTF-8 text");
        guarded([&] { tokens_.advance(); });
        body();
        html_.finish(source_.size());
    }

private:
    struct Branches {
        HtmlState found;
        std::optional<HtmlState> left;
    };

    // Reports what cannot be read and goes on behind it.
    template <class Action>
    bool guarded(Action action) {
        try {
            action();
            return true;
        } catch (const SyntaxError& error) {
            diagnostics_.report(error.offset(), error.what());
            while (!recover()) {
            }
            return false;
        }
    }

    bool recover() {
        try {
            tokens_.skip_tag();
            return true;
        } catch (const SyntaxError& error) {
            diagnostics_.report(error.offset(), error.what());
            return false;
        }
    }

    // Until the end of the template, or to a statement that ends the block: its "{%" is then current.
    void body() {
        while (tokens_.current().type != TokenType::end && !diagnostics_.full()) {
            if (tokens_.current().type == TokenType::open_statement && ends_block(tokens_.peek().text)) {
                if (nesting_ > 0) return;
                diagnostics_.report(tokens_.current().offset, "there is no {% if %} or {% for %} that this belongs to");
                while (!recover()) {
                }
                continue;
            }
            guarded([&] { item(); });
        }
    }

    static bool ends_block(std::string_view keyword) { return keyword == "end" || keyword == "else" || keyword == "elif"; }

    void item() {
        const Token token = tokens_.current();
        switch (token.type) {
            case TokenType::markup:
                html_.feed(token.text, token.offset);
                emitter_.markup(token.text);
                return tokens_.advance();
            case TokenType::open_output:
                return output();
            default:
                return statement();
        }
    }

    void output() {
        const std::size_t offset = tokens_.current().offset;
        tokens_.advance();
        const Shape shape = expressions_.parse_output();
        emit_value(html_.value(shape, offset));
        tokens_.expect_close();
    }

    void emit_value(Escape escape) {
        switch (escape) {
            case Escape::markup:
                emitter_.emit(Op::emit_markup);
                break;
            case Escape::text:
                emitter_.emit(Op::emit_text);
                break;
            case Escape::url:
                emitter_.emit(Op::emit_url);
                break;
            case Escape::script_url:
                emitter_.emit(Op::emit_script_url);
                break;
            case Escape::json:
                emitter_.emit(Op::emit_json);
                break;
        }
    }

    void statement() {
        const std::size_t offset = tokens_.current().offset;
        tokens_.advance();
        const Token keyword = tokens_.current();
        tokens_.expect_name("if, for, set, include or slot");
        if (keyword.text == "if") nested(offset, [&] { conditional(offset); });
        else if (keyword.text == "for") nested(offset, [&] { loop(offset); });
        else if (keyword.text == "set") set();
        else if (keyword.text == "include") include(offset);
        else if (keyword.text == "slot") slot(offset);
        else
            throw SyntaxError{keyword.offset, "there is no statement " + std::string{keyword.text} + ": use if, for, set, include or slot"};
    }

    template <class Action>
    void nested(std::size_t offset, Action action) {
        if (nesting_ == kMaxNesting) throw SyntaxError{offset, "statements are nested too deeply"};
        ++nesting_;
        action();
        --nesting_;
    }

    void conditional(std::size_t offset) {
        html_.begin_block(false, offset);
        Branches branches{html_, {}};
        std::vector<std::uint32_t> ends;
        std::string_view keyword = "elif";
        while (keyword == "elif") {
            guarded([&] {
                expressions_.parse();
                tokens_.expect_close();
            });
            const auto otherwise = emitter_.emit(Op::jump_unless);
            branch(branches);
            ends.push_back(emitter_.emit(Op::jump));
            emitter_.land(otherwise);
            keyword = end_branch(offset);
        }
        if (keyword == "else") last_branch(branches, offset);
        else branches.left->join(branches.found);
        for (const auto end : ends) emitter_.land(end);
        html_ = *branches.left;
    }

    void loop(std::size_t offset) {
        html_.begin_block(true, offset);
        Branches branches{html_, {}};
        const std::uint32_t index = emitter_.add_loop();
        std::size_t variables = 0;
        guarded([&] { variables = loop_header(index); });
        emitter_.emit(Op::loop_begin, index);
        emitter_.loop(index).body = emitter_.here();
        expressions_.enter_loop();
        branch(branches);
        expressions_.leave_loop();
        emitter_.close_variables(variables);
        emitter_.loop(index).after = emitter_.emit(Op::loop_next, index) + 1;
        branches.left->join(branches.found);
        const std::string_view keyword = end_branch(offset);
        if (keyword == "elif") misplaced(keyword, "a {% for %} has {% else %}, but no {% elif %}");
        if (keyword == "else") last_branch(branches, offset);
        emitter_.loop(index).end = emitter_.here();
        emitter_.land_here();
        html_ = *branches.left;
    }

    // "for value in list" or "for key, value in object".
    std::size_t loop_header(std::uint32_t index) {
        std::string_view value = loop_variable();
        std::optional<std::string_view> key;
        if (tokens_.accept(",")) key = std::exchange(value, loop_variable());
        if (tokens_.expect_name("in") != "in") tokens_.fail("expected in");
        expressions_.parse();
        tokens_.expect_close();
        if (key) {
            emitter_.loop(index).has_key = true;
            emitter_.loop(index).key_slot = emitter_.open_variable(*key);
        }
        emitter_.loop(index).value_slot = emitter_.open_variable(value);
        return key ? 2 : 1;
    }

    std::string_view loop_variable() { return variable_name("the name of a variable"); }

    std::string_view variable_name(const char* what) {
        const Token token = tokens_.current();
        const std::string_view name = tokens_.expect_name(what);
        constexpr std::string_view kReserved[] = {"loop", "site", "true", "false", "null"};
        if (std::ranges::find(kReserved, name) != std::end(kReserved))
            throw SyntaxError{token.offset, "choose another name: " + std::string{name} + " has a meaning of its own"};
        return name;
    }

    // One branch, from the state that the statement found; its own state is added to what was left so far.
    void branch(Branches& branches) {
        html_ = branches.found;
        body();
        html_.end_branch();
        HtmlState both = branches.found;
        if (!both.join(html_)) {
            diagnostics_.report(
                tokens_.current().offset,
                "this branch leaves the markup elsewhere than it found it: close inside of it what it opens, and nothing else");
            html_ = branches.found;
        }
        if (branches.left) branches.left->join(html_);
        else branches.left = html_;
    }

    void last_branch(Branches& branches, std::size_t offset) {
        branch(branches);
        if (const auto keyword = end_branch(offset); keyword == "else" || keyword == "elif")
            misplaced(keyword, "nothing but {% end %} can follow {% else %}");
    }

    void misplaced(std::string_view keyword, std::string message) {
        diagnostics_.report(branch_end_, std::move(message));
        if (keyword == "elif")
            while (!recover()) {
            }
    }

    // Reads "{% else %}", "{% end %}" or the beginning of "{% elif"; "" when the template ended.
    std::string_view end_branch(std::size_t offset) {
        if (tokens_.current().type == TokenType::end) {
            diagnostics_.report(offset, "this statement has no {% end %}");
            return "";
        }
        branch_end_ = tokens_.current().offset;
        std::string_view keyword;
        guarded([&] {
            tokens_.advance();
            keyword = tokens_.expect_name("end");
            if (keyword != "elif") tokens_.expect_close();
        });
        return keyword;
    }

    void set() {
        const std::string_view name = variable_name("the name of a variable");
        tokens_.expect("=");
        expressions_.parse();
        emitter_.emit(Op::store, emitter_.assignable(name));
        tokens_.expect_close();
    }

    void include(std::size_t offset) {
        html_.part("an include", offset);
        Program::Call call = name_of_call("the name of a template");
        call.offset = offset;
        call.target = find_(call.name);
        call.shares_data = !with(call);
        if (!call.target) diagnostics_.report(offset, "there is no template " + call.name);
        emitter_.call(Op::include, std::move(call));
        tokens_.expect_close();
    }

    void slot(std::size_t offset) {
        html_.part("a slot", offset);
        Program::Call call = name_of_call("the id of a slot");
        with(call);
        emitter_.call(Op::slot, std::move(call));
        tokens_.expect_close();
    }

    Program::Call name_of_call(const char* what) {
        if (tokens_.current().type != TokenType::string) tokens_.fail(std::string{"expected "} + what + " between quotes");
        Program::Call call;
        call.name = text_of(tokens_.current());
        tokens_.advance();
        return call;
    }

    bool with(Program::Call& call) {
        if (tokens_.current().type != TokenType::name || tokens_.current().text != "with") return false;
        do {
            tokens_.advance();
            call.variables.emplace_back(variable_name("a variable: with name=value"));
            tokens_.expect("=");
            expressions_.parse();
        } while (tokens_.is(","));
        return true;
    }

    std::string_view source_;
    const FindProgram& find_;
    Diagnostics diagnostics_;
    HtmlState html_;
    TokenStream tokens_;
    Emitter emitter_;
    ExpressionParser expressions_;
    int nesting_ = 0;
    std::size_t branch_end_ = 0;  // the tag that ended the last branch
};

}  // namespace

void parse_template(std::string_view name, std::string_view source, const FindProgram& find, Program& program, base::Problems& problems) {
    Parser{name, source, find, program, problems}.parse();
}

}  // namespace host::ui
