// What an attribute may hold, by its name: the list the safety of the engine rests on (ui.md).
#pragma once

#include <string_view>

namespace host::ui {

enum class AttributeKind {
    plain,
    data,  // plain, or all of it json()
    url,
    script_url,  // of code: from this site only
    json,        // literal, or all of it json()
    fixed,       // literal only
    refused      // not even literal
};

struct AttributeRule {
    AttributeKind kind;
    std::string_view why;  // of fixed and refused: what to do instead
};

// Names in lower case.
AttributeRule rule_of(std::string_view element, std::string_view attribute);
bool is_htmx(std::string_view attribute);
// Why an element has no place in a template; empty when it has.
std::string_view refusal_of(std::string_view element);

}  // namespace host::ui
