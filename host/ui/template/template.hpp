// The template engine: strict by construction. Parsed once into a flat program with a small HTML state
// machine; values are escaped for the place they stand in; what cannot be made safe is refused when the
// package is checked, not when the page is shown (ui.md). There is no raw filter.
//
//   {{ ticket.subject }}            {{ "Save" | tr }}          {{ n | plural:"one ticket","many tickets" }}
//   {{ t | date }} datetime full relative iso_local            {{ n | number }}  {{ n | bytes }}
//   {{ a ? b : c }}  == != < <= > >= && || ! ( )  "text" 12  loop.index loop.first loop.last
//   {{ text | lines }}              text with line breaks as <br>, escaped
//   {{ text | markdown }}           formatted (ui/markdown.hpp)
//   {{ x | default:"–" }}           when x is falsy
//   {{ "Hello %1, you have %2." | tr:name,n }}                  positional values, escaped
//   {{ n | plural:"%1 ticket of %2","%1 tickets of %2",name }}  %1 is the count; the texts are literal
//   {% if x %} {% elif y %} {% else %} {% end %}   {% for t in tickets %} … {% else %} … {% end %}
//   {% for key, value in object %}
//   {% set name = expr %}           for the rest of the template
//   {% include "partials/row.html" %}   sees the data of the including template, not its for and set variables;
//   with "with": sees what it is given, and the variable site
//   {% include "core:partials/field.html" with name="subject", label=("Title" | tr) %}
//   {% slot "directory.account.main" with account_id=account.id %}   what other packages put there; they see what it is given.
//     How it looks is the slot's kind, as the manifest of the page's package says: block and inline: one after the other;
//     tab: a bar of tabs and the one chosen; tile: a grid; form: fields named "<plugin>.<field>", which see their own part of
//     values {plugin: {field: text}} and errors {"<plugin>.<field>": text}. Nothing at all when nobody adds anything.
//   {{ url("/tickets/{id}", ticket.id) }}   path with encoded values
//   {{ query("status", "open", "after", "") }}   this page with other parameters; "" takes one away
//   {{ json(x) }}  only as a whole hx-vals / hx-headers / data-* attribute value
//   {{ icon("ticket") }}            inline <svg><use>, from the site's icon sprite
//   {{ csrf() }}                    hidden input of the session's token; {{ idempotency() }} hidden one-time key
//   {{ asset("app.css") }}          hashed URL of an asset of this package; asset("core:guichet.css") of another
//   {{ can("tickets.ticket.update") }}   true when the user's profile allows it
//   <img src="data:image/png;base64,{{ bytes }}">   a picture in the page, or image/svg+xml; nowhere else but in img
//   {# comment #}
//
// A filter binds closer than any operator; the colon of its arguments follows its name directly. A filter's argument
// is a value, or an expression in parentheses. && and || give one of their operands. + and - take integers.
// if and for may stand inside a tag or a quoted value; each branch leaves the markup as it found it. A line with
// nothing but a statement or comment is left out. An address that begins with a value is checked when it is shown:
// http, https, mailto, tel or a path of this site, else "#".
#pragma once

#include "base/result.hpp"
#include "base/value.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace host::ui {

// Names of the form fields that csrf() and idempotency() write.
inline constexpr std::string_view kCsrfField = "_csrf";
inline constexpr std::string_view kIdempotencyField = "_idempotency";

// What a render needs from outside. Borrowed for the call; called on the rendering thread.
class Environment {
public:
    virtual ~Environment() = default;
    virtual std::string_view language() const = 0;
    virtual std::string_view zone() const = 0;
    virtual std::int64_t now_us() const = 0;
    virtual std::string_view translate(std::string_view domain, std::string_view msgid) const = 0;
    virtual std::string_view translate_plural(std::string_view domain, std::string_view one, std::string_view many,
                                              std::int64_t n) const = 0;
    virtual std::string_view csrf_token() const = 0;
    virtual std::string idempotency_key() const = 0;
    virtual std::string asset_url(std::string_view package, std::string_view file) const = 0;  // "" when there is none
    virtual bool can(std::string_view permission) const = 0;
    virtual std::string_view query_string() const = 0;  // of the current page, for query(name, value)
    virtual std::string_view path() const = 0;
    // Appends what the active plugins put into the slot; data is the object made from "with".
    virtual void slot(std::string_view slot_id, const base::Value& data, std::string& out) const = 0;
};

// The templates of one package, parsed. Immutable. Any thread.
class TemplateSet {
public:
    // sources: name ("tickets/list.html") -> text. domain is the package id: its gettext domain, its assets.
    // shared: templates of the host that may be included as "core:…"; kept as long as the set, null for the host's own.
    // Every problem of every template is reported, with "file:line:column" in Problem::path.
    static base::Result<std::shared_ptr<const TemplateSet>> parse(std::string domain, const std::map<std::string, std::string>& sources,
                                                                  std::shared_ptr<const TemplateSet> shared);
    ~TemplateSet();
    bool has(std::string_view name) const;
    // Appends to out. data is an object, its members are the template's variables. Unknown variables are null.
    // Throws std::out_of_range for an unknown name, std::runtime_error past 64 nested includes.
    void render(std::string_view name, const base::Value& data, const Environment& environment, std::string& out) const;

private:
    struct Impl;
    explicit TemplateSet(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

void escape_text(std::string_view text, std::string& out);  // & < > " '

}  // namespace host::ui
