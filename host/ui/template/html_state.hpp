// Where in the HTML a template is, followed through its literal markup while it is parsed. Decides how a
// value is escaped, and refuses what would be read differently than it looks or what the content
// security policy blocks.
#pragma once

#include "ui/template/attribute.hpp"
#include "ui/template/url_prefix.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace host::ui {

class Diagnostics;

// How a value is written.
enum class Escape {
    markup,      // text; Html goes in as it is
    text,        // text of everything, Html too
    url,         // like text, after a check of the address
    script_url,  // like text, after a check that it is of this site
    json
};

// What an interpolation writes, as far as its syntax tells.
enum class Shape { value, markup, json };

class HtmlState {
public:
    explicit HtmlState(Diagnostics& diagnostics) : diagnostics_{&diagnostics} {}

    void feed(std::string_view markup, std::size_t offset);
    Escape value(Shape shape, std::size_t offset);
    void part(std::string_view what, std::size_t offset);  // an include or slot: only in text

    // An if or for begins here; repeated when its body may come again right after itself.
    void begin_block(bool repeated, std::size_t offset);
    // Ends the name that a branch may end with, so that states can be compared.
    void end_branch();
    // True when both can go on as one; this is then the safe assumption for what follows.
    bool join(const HtmlState& other);

    void finish(std::size_t offset);  // end of the template

private:
    enum class Mode {
        text,
        tag_open,
        end_tag_open,
        tag_name,
        before_attribute,
        attribute_name,
        after_attribute_name,
        before_value,
        quoted,
        unquoted,
        after_attribute,
        declaration,
        comment,
        raw_text,
        rcdata
    };

    void step(char c);
    void text(char c);
    void tag_open(char c);
    void end_tag_open(char c);
    void tag_name(char c);
    void before_attribute(char c);
    void attribute_name(char c);
    void after_attribute_name(char c);
    void before_value(char c);
    void quoted(char c);
    void unquoted(char c);
    void after_attribute(char c);
    void declaration(char c);
    void comment(char c);
    void raw_text(char c);

    void begin_tag(char c, bool closing);
    void end_tag_name();
    void end_tag();
    void begin_attribute(char c);
    void end_attribute_name();
    void begin_value(Mode mode);
    void value_character(char c);
    void end_value();
    Escape attribute_value(Shape shape, std::size_t offset);
    Escape url_value(Escape escape, std::size_t offset);
    void whole_value(std::size_t offset);
    bool is_json_place(Shape shape) const;
    void check_refresh();

    void report(std::string message);
    void report(std::size_t offset, std::string message);

    Diagnostics* diagnostics_;
    std::size_t offset_ = 0;  // of the character being read
    Mode mode_ = Mode::text;

    std::string element_;
    bool closing_ = false;
    bool has_src_ = false;
    bool has_http_equiv_ = false;
    bool has_dynamic_content_ = false;

    std::string attribute_;
    std::size_t attribute_offset_ = 0;
    AttributeRule rule_{AttributeKind::plain, ""};
    char quote_ = '"';
    UrlPrefix url_;
    std::string literal_;  // beginning of the literal value of an hx- attribute
    bool value_is_empty_ = true;
    bool value_is_whole_ = false;  // json() was written: nothing may follow

    std::string pending_;  // characters that may become "--", "doctype" or an end tag
    std::size_t dashes_ = 0;
    bool content_reported_ = false;  // of an element that must be empty
};

}  // namespace host::ui
