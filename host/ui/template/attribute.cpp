#include "ui/template/attribute.hpp"

#include <algorithm>
#include <array>

namespace host::ui {
namespace {

using Names = std::initializer_list<std::string_view>;

bool one_of(std::string_view name, Names names) { return std::ranges::find(names, name) != names.end(); }

// htmx reads "data-hx-get" as "hx-get" and "hx-get:inherited" as "hx-get" with a modifier.
std::string_view htmx_name(std::string_view attribute) {
    if (attribute.starts_with("data-hx-")) attribute.remove_prefix(5);
    return attribute.substr(0, attribute.find(':'));
}

AttributeRule htmx_rule(std::string_view name) {
    if (name.starts_with("hx-on")) return {AttributeKind::refused, "put the script into an asset and listen for the event there"};
    if (name == "hx-vars") return {AttributeKind::refused, "use hx-vals with {{ json(...) }}"};
    if (one_of(name, {"hx-vals", "hx-headers", "hx-request", "hx-config"})) return {AttributeKind::json, ""};
    if (one_of(name, {"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url", "hx-action"}))
        return {AttributeKind::url, ""};
    if (one_of(name, {"hx-trigger", "hx-ext"})) return {AttributeKind::fixed, "choose between whole attributes with {% if %}"};
    if (name == "hx-confirm") return {AttributeKind::fixed, "use data-confirm"};  // "js:" at its beginning is evaluated
    return {AttributeKind::plain, ""};
}

}  // namespace

bool is_htmx(std::string_view attribute) { return htmx_name(attribute).starts_with("hx-"); }

AttributeRule rule_of(std::string_view element, std::string_view attribute) {
    if (is_htmx(attribute)) return htmx_rule(htmx_name(attribute));
    if (attribute.starts_with("on")) return {AttributeKind::refused, "put the script into an asset and listen for the event there"};
    if (attribute == "style") return {AttributeKind::refused, "use classes"};
    if (attribute == "srcdoc") return {AttributeKind::refused, "show a page of its own with src"};
    if (element == "script") {
        if (attribute == "src") return {AttributeKind::script_url, ""};
        return {AttributeKind::fixed, "a script takes nothing but its src from data"};
    }
    if (one_of(attribute,
               {"href", "src", "action", "formaction", "xlink:href", "poster", "cite", "data", "background", "ping", "longdesc"}))
        return {AttributeKind::url, ""};
    if (one_of(attribute, {"srcset", "imagesrcset"})) return {AttributeKind::fixed, "use src"};
    if (one_of(attribute, {"http-equiv", "integrity", "nonce", "sandbox", "allow", "is"}))
        return {AttributeKind::fixed, "choose between whole attributes with {% if %}"};
    if (attribute.starts_with("data-")) return {AttributeKind::data, ""};
    return {AttributeKind::plain, ""};
}

std::string_view refusal_of(std::string_view element) {
    if (element == "style") return "the content security policy blocks style elements: put the rules into an asset";
    if (element == "base") return "the content security policy blocks <base>";
    if (one_of(element, {"object", "embed", "applet"})) return "the content security policy blocks plug-in objects";
    if (one_of(element, {"animate", "animatemotion", "animatetransform", "set"})) return "animations can change links: use CSS";
    if (one_of(element, {"xmp", "plaintext", "listing", "noembed", "noframes", "frame", "frameset"}))
        return "this element is obsolete and read differently by browsers: use another";
    return "";
}

}  // namespace host::ui
