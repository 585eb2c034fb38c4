#include "ui/template/html_state.hpp"

#include "ui/template/diagnostics.hpp"

#include <utility>

namespace host::ui {
namespace {

constexpr std::size_t kMaxLiteral = 16;  // enough for "javascript:"

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_name_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' || c == '.' || c == '@';
}
bool is_rcdata(std::string_view element) { return element == "textarea" || element == "title"; }
bool is_raw_text(std::string_view element) { return element == "script" || element == "style" || element == "iframe"; }

}  // namespace

void HtmlState::feed(std::string_view markup, std::size_t offset) {
    for (std::size_t i = 0; i < markup.size(); ++i) {
        offset_ = offset + i;
        step(markup[i]);
    }
}

void HtmlState::step(char c) {
    switch (mode_) {
        case Mode::text:
            return text(c);
        case Mode::tag_open:
            return tag_open(c);
        case Mode::end_tag_open:
            return end_tag_open(c);
        case Mode::tag_name:
            return tag_name(c);
        case Mode::before_attribute:
            return before_attribute(c);
        case Mode::attribute_name:
            return attribute_name(c);
        case Mode::after_attribute_name:
            return after_attribute_name(c);
        case Mode::before_value:
            return before_value(c);
        case Mode::quoted:
            return quoted(c);
        case Mode::unquoted:
            return unquoted(c);
        case Mode::after_attribute:
            return after_attribute(c);
        case Mode::declaration:
            return declaration(c);
        case Mode::comment:
            return comment(c);
        case Mode::raw_text:
        case Mode::rcdata:
            return raw_text(c);
    }
}

void HtmlState::text(char c) {
    if (c == '<') mode_ = Mode::tag_open;
}

void HtmlState::tag_open(char c) {
    if (is_letter(c)) return begin_tag(c, false);
    if (c == '/') {
        mode_ = Mode::end_tag_open;
    } else if (c == '!') {
        mode_ = Mode::declaration;
        pending_.clear();
    } else {
        report("write &lt; for a < that begins no tag");
        mode_ = c == '<' ? Mode::tag_open : Mode::text;
    }
}

void HtmlState::end_tag_open(char c) {
    if (is_letter(c)) return begin_tag(c, true);
    report("the name of the end tag is missing");
    mode_ = Mode::text;
}

void HtmlState::begin_tag(char c, bool closing) {
    element_ = lower(c);
    closing_ = closing;
    has_src_ = has_http_equiv_ = has_dynamic_content_ = false;
    mode_ = Mode::tag_name;
}

void HtmlState::tag_name(char c) {
    if (is_name_character(c)) {
        element_ += lower(c);
        return;
    }
    end_tag_name();
    before_attribute(c);
}

void HtmlState::end_tag_name() {
    if (!closing_)
        if (const auto why = refusal_of(element_); !why.empty()) report("<" + element_ + "> is refused: " + std::string{why});
    mode_ = Mode::before_attribute;
}

void HtmlState::before_attribute(char c) {
    mode_ = Mode::before_attribute;
    if (is_space(c) || c == '/') return;
    if (c == '>') return end_tag();
    begin_attribute(c);
}

void HtmlState::begin_attribute(char c) {
    attribute_.clear();
    attribute_offset_ = offset_;
    mode_ = Mode::attribute_name;
    attribute_name(c);
}

void HtmlState::attribute_name(char c) {
    if (is_name_character(c)) {
        attribute_ += lower(c);
        return;
    }
    if (is_space(c) || c == '>' || c == '/' || (c == '=' && !attribute_.empty())) {
        end_attribute_name();
        return after_attribute_name(c);
    }
    report("this character cannot be part of an attribute's name");
}

void HtmlState::end_attribute_name() {
    mode_ = Mode::after_attribute_name;
    if (attribute_.empty()) return;
    rule_ = rule_of(element_, attribute_);
    if (rule_.kind == AttributeKind::refused)
        report(attribute_offset_, "the attribute " + attribute_ + " is refused: " + std::string{rule_.why});
    if (attribute_ == "src") has_src_ = true;
    if (attribute_ == "http-equiv") {
        has_http_equiv_ = true;
        check_refresh();
    }
}

void HtmlState::after_attribute_name(char c) {
    if (is_space(c)) return;
    if (c == '=') mode_ = Mode::before_value;
    else before_attribute(c);
}

void HtmlState::before_value(char c) {
    if (is_space(c)) return;
    if (c == '"' || c == '\'') {
        quote_ = c;
        return begin_value(Mode::quoted);
    }
    if (c == '>') {
        report("the value of the attribute " + attribute_ + " is missing");
        return end_tag();
    }
    begin_value(Mode::unquoted);
    unquoted(c);
}

void HtmlState::begin_value(Mode mode) {
    mode_ = mode;
    url_ = UrlPrefix{element_ == "img" && attribute_ == "src"};
    literal_.clear();
    value_is_empty_ = true;
    value_is_whole_ = false;
}

void HtmlState::quoted(char c) {
    if (c != quote_) return value_character(c);
    end_value();
    mode_ = Mode::after_attribute;
}

void HtmlState::unquoted(char c) {
    if (is_space(c) || c == '>') {
        end_value();
        return before_attribute(c);
    }
    if (c == '"' || c == '\'' || c == '<' || c == '=' || c == '`') report("put quotes around the value of the attribute " + attribute_);
    value_character(c);
}

void HtmlState::value_character(char c) {
    if (value_is_whole_) report("json() must be the whole value of the attribute: nothing may follow it");
    value_is_whole_ = false;
    value_is_empty_ = false;
    if (rule_.kind == AttributeKind::url || rule_.kind == AttributeKind::script_url)
        if (const auto why = url_.feed(c); !why.empty()) report(std::string{why});
    if (literal_.size() < kMaxLiteral && !is_space(c)) literal_ += lower(c);
}

void HtmlState::end_value() {
    const bool script = literal_.starts_with("javascript:") || literal_.starts_with("js:");
    if (script && is_htmx(attribute_)) report(attribute_offset_, "scripts in attributes are refused: put the script into an asset");
}

void HtmlState::after_attribute(char c) {
    if (!is_space(c) && c != '/' && c != '>') report("put a space between attributes");
    before_attribute(c);
}

void HtmlState::end_tag() {
    mode_ = Mode::text;
    if (closing_) return;
    content_reported_ = element_ == "style" || (element_ == "script" && !has_src_);
    if (element_ == "script" && !has_src_)
        report("the content security policy blocks inline scripts: put it into an asset and give its src");
    if (is_raw_text(element_)) mode_ = Mode::raw_text;
    if (is_rcdata(element_)) mode_ = Mode::rcdata;
    pending_.clear();
}

// "<!" was read: a comment or the doctype.
void HtmlState::declaration(char c) {
    if (c == '>') {
        mode_ = Mode::text;
        return;
    }
    constexpr std::string_view kDoctype = "doctype";
    pending_ += lower(c);
    if (pending_ == "--") {
        mode_ = Mode::comment;
        dashes_ = 2;  // "<!-->" is a whole comment for browsers
        return;
    }
    if (pending_.size() <= kDoctype.size() && pending_ != "-" && !kDoctype.starts_with(pending_))
        report("only <!doctype html> and comments may begin with <!");
}

void HtmlState::comment(char c) {
    if (c == '>' && dashes_ >= 2) {
        mode_ = Mode::text;
        return;
    }
    if (c == '!' && dashes_ >= 2) report("browsers may end the comment here: write comments as {# ... #}");
    dashes_ = c == '-' ? dashes_ + 1 : 0;
}

// Both kinds end with their own end tag only. A < that is anything else would be a tag inside of <svg>.
void HtmlState::raw_text(char c) {
    const std::string end = "</" + element_;
    if (pending_ == end && (is_space(c) || c == '/' || c == '>')) {
        closing_ = true;
        return before_attribute(c);
    }
    pending_ += lower(c);
    if (end.starts_with(pending_)) return;
    const bool tag = pending_.starts_with('<');
    pending_.clear();
    if (mode_ == Mode::rcdata && tag) report("write &lt; for a < inside of <" + element_ + ">");
    if (mode_ == Mode::raw_text && !content_reported_ && (tag || !is_space(c))) {
        report("<" + element_ + "> must be empty: put its content into an asset");
        content_reported_ = true;
    }
}

Escape HtmlState::value(Shape shape, std::size_t offset) {
    switch (mode_) {
        case Mode::text:
            if (shape == Shape::json) report(offset, "json() may only be the whole value of hx-vals, hx-headers or a data- attribute");
            return Escape::markup;
        case Mode::rcdata:
            if (shape != Shape::value) report(offset, "only text can stand inside of <" + element_ + ">");
            if (!pending_.empty()) report(offset, "a value cannot be part of a tag");
            return Escape::text;
        case Mode::quoted:
            return attribute_value(shape, offset);
        case Mode::tag_open:
        case Mode::end_tag_open:
        case Mode::tag_name:
            report(offset, "a value cannot be the name of a tag: choose between whole tags with {% if %}");
            break;
        case Mode::before_attribute:
        case Mode::attribute_name:
        case Mode::after_attribute_name:
        case Mode::after_attribute:
            report(offset, "a value cannot be an attribute or its name: write the attribute, inside of {% if %} when it is optional");
            break;
        case Mode::before_value:
            report(offset, "put quotes around the value of the attribute " + attribute_);
            begin_value(Mode::unquoted);
            break;
        case Mode::unquoted:
            report(offset, "put quotes around the value of the attribute " + attribute_);
            break;
        case Mode::declaration:
        case Mode::comment:
            report(offset, "values are refused inside of comments: write comments as {# ... #}");
            break;
        case Mode::raw_text:
            report(offset, "values are refused inside of <" + element_ + ">: give them as data- attributes");
            break;
    }
    return Escape::text;
}

Escape HtmlState::attribute_value(Shape shape, std::size_t offset) {
    if (shape == Shape::markup) report(offset, "this writes an element, which cannot stand inside of an attribute");
    if (shape == Shape::json || rule_.kind == AttributeKind::json) {
        if (is_json_place(shape)) whole_value(offset);
        else if (shape == Shape::json) report(offset, "json() may only be the whole value of hx-vals, hx-headers or a data- attribute");
        else report(offset, "the attribute " + attribute_ + " takes {{ json(...) }} as its whole value");
        return shape == Shape::json ? Escape::json : Escape::text;
    }
    if (value_is_whole_) report(offset, "json() must be the whole value of the attribute: nothing may follow it");
    if (rule_.kind == AttributeKind::fixed)
        report(offset, "values are refused in the attribute " + attribute_ + ": " + std::string{rule_.why});
    if (element_ == "meta" && attribute_ == "content") {
        has_dynamic_content_ = true;
        check_refresh();
    }
    value_is_empty_ = false;
    if (rule_.kind == AttributeKind::url) return url_value(Escape::url, offset);
    if (rule_.kind == AttributeKind::script_url) return url_value(Escape::script_url, offset);
    return Escape::text;
}

Escape HtmlState::url_value(Escape escape, std::size_t offset) {
    if (const auto why = url_.refusal(); !why.empty()) report(offset, std::string{why});
    const bool at_start = url_.at_start();
    url_.interpolated();
    return at_start ? escape : Escape::text;
}

void HtmlState::whole_value(std::size_t offset) {
    if (!value_is_empty_ || value_is_whole_) report(offset, "json() must be the whole value of the attribute");
    value_is_empty_ = false;
    value_is_whole_ = true;
}

bool HtmlState::is_json_place(Shape shape) const {
    return shape == Shape::json && (rule_.kind == AttributeKind::json || rule_.kind == AttributeKind::data);
}

// <meta http-equiv="refresh" content="0;url=..."> would go to any address.
void HtmlState::check_refresh() {
    if (has_http_equiv_ && has_dynamic_content_) report("with http-equiv, content must be literal");
}

void HtmlState::part(std::string_view what, std::size_t offset) {
    if (mode_ != Mode::text) report(offset, std::string{what} + " can only stand between tags, not inside of one or of text-only elements");
}

void HtmlState::begin_block(bool repeated, std::size_t offset) {
    end_branch();
    switch (mode_) {
        case Mode::before_attribute:
            if (repeated) mode_ = Mode::after_attribute;
            return;
        case Mode::text:
        case Mode::after_attribute:
            return;
        case Mode::rcdata:
            if (!pending_.empty()) report(offset, "a statement cannot be part of a tag");
            return;
        case Mode::quoted:
            break;
        case Mode::before_value:
        case Mode::unquoted:
            return report(offset, "put quotes around the value of the attribute " + attribute_);
        case Mode::declaration:
        case Mode::comment:
            return report(offset, "statements are refused inside of comments: write comments as {# ... #}");
        case Mode::raw_text:
            return report(offset, "statements are refused inside of <" + element_ + ">");
        default:
            return report(offset, "a statement cannot stand inside of the name of a tag");
    }
    if (rule_.kind == AttributeKind::json || value_is_whole_)
        report(offset, "the attribute " + attribute_ +
                           " takes {{ json(...) }} as its whole value: put the whole attribute inside of the statement");
    if (repeated && (rule_.kind == AttributeKind::url || rule_.kind == AttributeKind::script_url))
        report(offset, "an address cannot be written by a loop: use url() or query()");
}

void HtmlState::end_branch() {
    switch (mode_) {
        case Mode::tag_name:
            end_tag_name();
            mode_ = Mode::after_attribute;
            break;
        case Mode::attribute_name:
            end_attribute_name();
            mode_ = Mode::after_attribute;
            break;
        case Mode::after_attribute_name:
            mode_ = Mode::before_attribute;
            break;
        default:
            break;
    }
}

bool HtmlState::join(const HtmlState& other) {
    const auto in_tag = [](Mode mode) { return mode == Mode::before_attribute || mode == Mode::after_attribute; };
    has_src_ &= other.has_src_;
    has_http_equiv_ |= other.has_http_equiv_;
    has_dynamic_content_ |= other.has_dynamic_content_;
    if (mode_ == Mode::text && other.mode_ == Mode::text) return true;
    if (element_ != other.element_ || closing_ != other.closing_) return false;
    if (in_tag(mode_) && in_tag(other.mode_)) {
        if (mode_ != other.mode_) mode_ = Mode::after_attribute;
        return true;
    }
    if (mode_ != other.mode_) return false;
    if (mode_ == Mode::rcdata) return pending_ == other.pending_;
    if (mode_ != Mode::quoted) return mode_ != Mode::tag_open && mode_ != Mode::end_tag_open;
    if (attribute_ != other.attribute_ || quote_ != other.quote_ || attribute_offset_ != other.attribute_offset_) return false;
    url_.join(other.url_);
    value_is_empty_ &= other.value_is_empty_;
    value_is_whole_ |= other.value_is_whole_;
    return true;
}

void HtmlState::finish(std::size_t offset) {
    switch (mode_) {
        case Mode::text:
            return;
        case Mode::comment:
            return report(offset, "the template ends inside of a comment");
        case Mode::rcdata:
        case Mode::raw_text:
            return report(offset, "the template ends inside of <" + element_ + ">");
        default:
            return report(offset, "the template ends inside of a tag");
    }
}

void HtmlState::report(std::string message) { report(offset_, std::move(message)); }
void HtmlState::report(std::size_t offset, std::string message) { diagnostics_->report(offset, std::move(message)); }

}  // namespace host::ui
