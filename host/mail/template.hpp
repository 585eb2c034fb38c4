// Texts of mails with placeholders: "Subject: …", an empty line, a body in Markdown; {{name}} stands for a value.
// A value is text and stays text: it is neither Markdown nor HTML, unless its name says so, and a subject has one line. Any thread.
#pragma once

#include "base/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace host::mail {

struct TemplateText {
    std::string subject, body;
};

using Values = std::map<std::string, std::string, std::less<>>;  // placeholder -> value

// A file of a package or of the host. Problems "template.subject", "template.body" with what is wrong.
base::Result<TemplateText> parse_template(std::string_view text);

// "url" and "…_url" stand for addresses. Where they are given a path of this site, its address comes before it.
bool names_address(std::string_view placeholder);

// "…_markdown" stands for formatted text: what somebody wrote to somebody. It is formatted by itself (ui/markdown.hpp) and can
// change nothing around it.
bool names_markdown(std::string_view placeholder);

// Names in braces that are not allowed, and "{{" that is not closed, as it is written.
std::vector<std::string> unknown_placeholders(std::string_view text, const std::map<std::string, std::string>& allowed);

struct Rendered {
    std::string subject, text, html;  // html: a fragment, safe on our own pages too; lay_out makes it a document
};
// A placeholder without a value is left empty; a paragraph with an address that has none is left out.
Rendered render(const TemplateText& source, const Values& values);

}  // namespace host::mail
