#include "ui/template/expression.hpp"

#include "i18n/format.hpp"
#include "ui/template/diagnostics.hpp"
#include "ui/template/functions.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace host::ui {
namespace {

using i18n::DateStyle;

constexpr int kMaxNesting = 64;
constexpr std::uint32_t kMaxPlaceholders = 9;
constexpr std::uint32_t kMaxArguments = 16;

class Nesting {
public:
    Nesting(int& depth, const TokenStream& tokens) : depth_{depth} {
        if (++depth_ > kMaxNesting) {
            --depth_;
            tokens.fail("this expression is nested too deeply");
        }
    }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

private:
    int& depth_;
};

std::optional<DateStyle> date_style(std::string_view filter) {
    constexpr std::array<std::pair<std::string_view, DateStyle>, 5> kStyles{{{"date", DateStyle::date},
                                                                             {"datetime", DateStyle::datetime},
                                                                             {"full", DateStyle::full},
                                                                             {"relative", DateStyle::relative},
                                                                             {"iso_local", DateStyle::iso_local}}};
    const auto found = std::ranges::find(kStyles, filter, &std::pair<std::string_view, DateStyle>::first);
    return found == kStyles.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace

struct ExpressionParser::Binary {
    std::string_view symbol;
    Op op;
};

void ExpressionParser::parse() {
    const Nesting nesting{nesting_, tokens_};
    shape_ = Shape::value;
    binary(0);
    if (!tokens_.accept("?")) return;
    const auto otherwise = emitter_.emit(Op::jump_unless);
    parse();
    const auto end = emitter_.emit(Op::jump);
    emitter_.land(otherwise);
    emitter_.forget_operand();
    tokens_.expect(":");
    parse();
    emitter_.land(end);
    shape_ = Shape::value;
}

Shape ExpressionParser::parse_output() {
    if (tokens_.current().type == TokenType::name && tokens_.current().text == "json" && tokens_.peek().text == "(") {
        tokens_.advance();
        tokens_.expect("(");
        parse();
        tokens_.expect(")");
        if (tokens_.current().type != TokenType::close) tokens_.fail("json() must be the whole expression");
        return Shape::json;
    }
    parse();
    return shape_;
}

void ExpressionParser::binary(int level) {
    constexpr std::array kEquality{Binary{"==", Op::equal}, Binary{"!=", Op::not_equal}};
    constexpr std::array kOrder{Binary{"<", Op::less}, Binary{"<=", Op::less_equal}, Binary{">", Op::greater},
                                Binary{">=", Op::greater_equal}};
    constexpr std::array kSum{Binary{"+", Op::add}, Binary{"-", Op::subtract}};
    const auto any = [&](const auto& operators) {
        binary(level + 1);
        for (;;) {
            const auto found = std::ranges::find_if(operators, [&](const Binary& b) { return tokens_.is(b.symbol); });
            if (found == operators.end()) return;
            tokens_.advance();
            binary(level + 1);
            emitter_.emit(found->op);
            shape_ = Shape::value;
        }
    };
    switch (level) {
        case 0:
            return logical(Op::jump_if_keep);
        case 1:
            return logical(Op::jump_unless_keep);
        case 2:
            return any(kEquality);
        case 3:
            return any(kOrder);
        case 4:
            return any(kSum);
        default:
            return filtered();
    }
}

void ExpressionParser::logical(Op op) {
    const bool is_or = op == Op::jump_if_keep;
    const int next = is_or ? 1 : 2;
    binary(next);
    while (tokens_.accept(is_or ? "||" : "&&")) {
        const auto decided = emitter_.emit(op);
        binary(next);
        emitter_.land(decided);
        shape_ = Shape::value;
    }
}

void ExpressionParser::filtered() {
    unary();
    while (tokens_.accept("|")) filter();
}

void ExpressionParser::unary() {
    const Nesting nesting{nesting_, tokens_};
    for (const auto& [symbol, op] : {Binary{"!", Op::logical_not}, Binary{"-", Op::negate}}) {
        if (!tokens_.accept(symbol)) continue;
        unary();
        emitter_.emit(op);
        shape_ = Shape::value;
        return;
    }
    primary();
    while (tokens_.accept(".")) {
        const auto member = tokens_.expect_name("the name of a member");
        emitter_.emit(Op::member, emitter_.string(member));
        shape_ = Shape::value;
    }
}

void ExpressionParser::primary() {
    const Token token = tokens_.current();
    switch (token.type) {
        case TokenType::string:
            emitter_.emit(Op::push_string, emitter_.string(text_of(token)));
            return tokens_.advance();
        case TokenType::integer:
            return integer();
        case TokenType::name:
            return name();
        default:
            break;
    }
    if (!tokens_.accept("(")) tokens_.fail("expected a value");
    parse();
    tokens_.expect(")");
}

void ExpressionParser::integer() {
    const std::string_view digits = tokens_.current().text;
    std::int64_t n = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), n).ec != std::errc{}) tokens_.fail("this number is too large");
    emitter_.push_integer(n);
    tokens_.advance();
}

void ExpressionParser::name() {
    const Token token = tokens_.current();
    tokens_.advance();
    if (tokens_.accept("(")) return function(token.text, token.offset);
    if (token.text == "true") emitter_.emit(Op::push_true);
    else if (token.text == "false") emitter_.emit(Op::push_false);
    else if (token.text == "null") emitter_.emit(Op::push_null);
    else if (token.text == "loop" && loops_ > 0) loop_member();
    else emitter_.push_variable(token.text);
}

void ExpressionParser::loop_member() {
    tokens_.expect(".");
    const std::string_view member = tokens_.current().text;
    if (member == "index") emitter_.emit(Op::loop_index);
    else if (member == "first") emitter_.emit(Op::loop_first);
    else if (member == "last") emitter_.emit(Op::loop_last);
    else tokens_.fail("expected index, first or last");
    tokens_.advance();
}

void ExpressionParser::filter() {
    const Token token = tokens_.current();
    const std::string_view name = token.text;
    const auto msgid = emitter_.literal();
    tokens_.expect_name("the name of a filter");
    shape_ = Shape::value;
    if (name == "tr") {
        const std::uint32_t count = arguments(kMaxPlaceholders);
        if (msgid) check_placeholders(*msgid, count);
        emitter_.emit(Op::translate, count);
    } else if (name == "plural") {
        plural();
    } else if (name == "default") {
        const auto decided = emitter_.emit(Op::jump_if_keep);
        if (arguments(1) != 1) tokens_.fail("default takes a value: x | default:\"–\"");
        emitter_.land(decided);
    } else if (name == "number") {
        emitter_.emit(Op::number);
    } else if (name == "bytes") {
        emitter_.emit(Op::bytes);
    } else if (name == "lines" || name == "markdown") {
        emitter_.emit(name == "lines" ? Op::lines : Op::markdown);
        shape_ = Shape::markup;
    } else if (const auto style = date_style(name)) {
        emitter_.emit(Op::time, static_cast<std::uint32_t>(*style));
    } else {
        throw SyntaxError{token.offset,
                          "there is no filter " + std::string{name} +
                              ": use tr, plural, date, datetime, full, relative, iso_local, number, bytes, lines, markdown or default"};
    }
}

// The colon follows the filter directly; "a ? b | tr : c" is the colon of the conditional.
std::uint32_t ExpressionParser::arguments(std::uint32_t limit) {
    if (!tokens_.is(":") || tokens_.current().spaced) return 0;
    tokens_.advance();
    unary();
    return 1 + further_arguments(limit - 1);
}

std::uint32_t ExpressionParser::further_arguments(std::uint32_t limit) {
    std::uint32_t count = 0;
    for (; count < limit && tokens_.is(",") && !next_is_assignment(); ++count) {
        tokens_.advance();
        unary();
    }
    shape_ = Shape::value;
    return count;
}

// In "with a=x | tr:y, b=z" the second comma begins the next variable.
bool ExpressionParser::next_is_assignment() const {
    TokenStream ahead = tokens_;
    ahead.advance();
    return ahead.current().type == TokenType::name && ahead.peek().text == "=";
}

void ExpressionParser::plural() {
    const std::string one = plural_form(":");
    const std::string many = plural_form(",");
    const std::uint32_t count = further_arguments(kMaxPlaceholders - 1);
    check_placeholders(one, count + 1);
    check_placeholders(many, count + 1);
    emitter_.emit(Op::plural, count);
}

std::string ExpressionParser::plural_form(std::string_view separator) {
    if (!tokens_.accept(separator) || tokens_.current().type != TokenType::string)
        tokens_.fail("plural takes two literal texts: n | plural:\"%1 ticket\",\"%1 tickets\"");
    std::string text = literal("a text");
    emitter_.emit(Op::push_string, emitter_.string(text));
    return text;
}

void ExpressionParser::check_placeholders(std::string_view msgid, std::uint32_t count) const {
    for (std::size_t at = 0; at + 1 < msgid.size(); ++at) {
        const char digit = msgid[at + 1];
        if (msgid[at] == '%' && digit >= '1' && digit <= '9' && static_cast<std::uint32_t>(digit - '0') > count)
            tokens_.fail(std::string{"there is no value for %"} + digit + ": give it after the filter, tr:first,second");
    }
}

void ExpressionParser::function(std::string_view name, std::size_t offset) {
    if (name == "url") {
        url(offset);
    } else if (name == "query") {
        const std::uint32_t count = call_arguments();
        if (count == 0 || count % 2 != 0) throw SyntaxError{offset, "query takes names and values: query(\"status\", \"open\")"};
        emitter_.emit(Op::query, count);
    } else if (name == "icon") {
        return icon();
    } else if (name == "csrf" || name == "idempotency") {
        if (call_arguments() != 0) throw SyntaxError{offset, std::string{name} + " takes nothing between its parentheses"};
        emitter_.emit(name == "csrf" ? Op::csrf : Op::idempotency);
        shape_ = Shape::markup;
        return;
    } else if (name == "asset") {
        asset();
    } else if (name == "can") {
        if (call_arguments() != 1) throw SyntaxError{offset, "can takes a permission: can(\"tickets.ticket.update\")"};
        emitter_.emit(Op::can);
    } else if (name == "json") {
        throw SyntaxError{offset, "json() may only be the whole value of hx-vals, hx-headers or a data- attribute"};
    } else {
        throw SyntaxError{offset,
                          "there is no function " + std::string{name} + ": use url, query, json, icon, csrf, idempotency, asset or can"};
    }
    shape_ = Shape::value;
}

std::uint32_t ExpressionParser::call_arguments() {
    if (tokens_.accept(")")) return 0;
    std::uint32_t count = 0;
    do {
        if (++count > kMaxArguments) tokens_.fail("these are too many values");
        parse();
    } while (tokens_.accept(","));
    tokens_.expect(")");
    return count;
}

std::string ExpressionParser::literal(const char* what) {
    if (tokens_.current().type != TokenType::string) tokens_.fail(std::string{"expected "} + what + " between quotes");
    std::string text = text_of(tokens_.current());
    tokens_.advance();
    return text;
}

void ExpressionParser::url(std::size_t offset) {
    const std::string path = literal("a path like \"/tickets/{id}\"");
    if (!path.starts_with('/') || path.starts_with("//") || path.find('\\') != path.npos)
        throw SyntaxError{offset, "the path of url() begins with one /"};
    const auto places = count_places(path);
    if (!places) throw SyntaxError{offset, "a { of the path is not closed by }"};
    std::uint32_t count = 0;
    if (tokens_.accept(",")) count = call_arguments();
    else tokens_.expect(")");
    if (count != *places)
        throw SyntaxError{offset, "the path has " + std::to_string(*places) + " {values}, but " + std::to_string(count) + " are given"};
    emitter_.emit(Op::url, count, emitter_.string(path));
}

void ExpressionParser::asset() {
    const std::string name = literal("an asset like \"app.css\" or \"core:guichet.css\"");
    tokens_.expect(")");
    const std::size_t colon = name.find(':');
    const std::string_view package = colon == name.npos ? domain_ : std::string_view{name}.substr(0, colon);
    const std::string_view file = std::string_view{name}.substr(colon == name.npos ? 0 : colon + 1);
    emitter_.emit(Op::asset, emitter_.string(package), emitter_.string(file));
}

void ExpressionParser::icon() {
    const std::size_t offset = tokens_.current().offset;
    if (call_arguments() != 1) throw SyntaxError{offset, "icon takes a name: icon(\"ticket\")"};
    if (const auto name = emitter_.literal(); name && !is_icon_name(*name))
        throw SyntaxError{offset, "the name of an icon consists of a-z, 0-9 and -"};
    emitter_.emit(Op::icon);
    shape_ = Shape::markup;
}

}  // namespace host::ui
