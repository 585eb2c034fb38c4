#include "html_tree.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace mailbox {
namespace {

// Lower case, without blanks.
std::string squeezed(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (!std::isspace(static_cast<unsigned char>(c))) out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

bool has_class(const GumboNode* element, std::string_view wanted) {
    const auto classes = attribute(element, "class");
    for (auto at = classes.find(wanted); at != classes.npos; at = classes.find(wanted, at + 1)) {
        const auto end = at + wanted.size();
        const bool begins = at == 0 || std::isspace(static_cast<unsigned char>(classes[at - 1]));
        if (begins && (end == classes.size() || std::isspace(static_cast<unsigned char>(classes[end])))) return true;
    }
    return false;
}

bool has_class(const GumboNode* element, std::initializer_list<std::string_view> wanted) {
    return std::ranges::any_of(wanted, [&](std::string_view name) { return has_class(element, name); });
}

bool is_outlook_header(const GumboNode* element) {
    const auto style = squeezed(attribute(element, "style"));
    return style.find("border-top:solid#e1e1e11.0pt") != style.npos || style.find("border-top:solid#b5c4df1.0pt") != style.npos;
}

}  // namespace

QuoteMark quote_mark(const GumboNode* element) {
    if (!is_html(element)) return QuoteMark::none;
    const auto tag = element->v.element.tag;
    if (tag == GUMBO_TAG_BLOCKQUOTE)
        return squeezed(attribute(element, "type")) == "cite" || has_class(element, "protonmail_quote") ? QuoteMark::container
                                                                                                        : QuoteMark::none;
    if (tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_SPAN && tag != GUMBO_TAG_P && tag != GUMBO_TAG_TABLE) return QuoteMark::none;
    const auto id = attribute(element, "id");
    if (id == "divRplyFwdMsg" || id == "appendonsend" || is_outlook_header(element)) return QuoteMark::rest;
    if (id == "mail-editor-reference-message-container") return QuoteMark::container;
    return has_class(element,
                     {"gmail_quote", "gmail_quote_container", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra"})
               ? QuoteMark::container
               : QuoteMark::none;
}

bool is_html(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag_namespace == GUMBO_NAMESPACE_HTML; }

bool is_blank_text(const GumboNode* node) {
    if (node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_COMMENT) return true;
    return node->type == GUMBO_NODE_TEXT && squeezed(node->v.text.text).empty();
}

bool is_left_out(const GumboNode* element) {
    if (!is_html(element)) return true;
    switch (element->v.element.tag) {
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_HEAD:
        case GUMBO_TAG_TITLE:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_NOSCRIPT:
        case GUMBO_TAG_NOFRAMES:
        case GUMBO_TAG_NOEMBED:
        case GUMBO_TAG_IFRAME:
        case GUMBO_TAG_FRAME:
        case GUMBO_TAG_FRAMESET:
        case GUMBO_TAG_OBJECT:
        case GUMBO_TAG_EMBED:
        case GUMBO_TAG_APPLET:
        case GUMBO_TAG_PARAM:
        case GUMBO_TAG_AUDIO:
        case GUMBO_TAG_VIDEO:
        case GUMBO_TAG_SOURCE:
        case GUMBO_TAG_TRACK:
        case GUMBO_TAG_CANVAS:
        case GUMBO_TAG_INPUT:
        case GUMBO_TAG_TEXTAREA:
        case GUMBO_TAG_SELECT:
        case GUMBO_TAG_OPTION:
        case GUMBO_TAG_OPTGROUP:
        case GUMBO_TAG_DATALIST:
        case GUMBO_TAG_LINK:
        case GUMBO_TAG_META:
        case GUMBO_TAG_BASE:
        case GUMBO_TAG_XMP:
        case GUMBO_TAG_PLAINTEXT:
        case GUMBO_TAG_LISTING:
            return true;
        default:
            break;
    }
    const auto style = squeezed(attribute(element, "style"));
    return style.find("display:none") != style.npos || style.find("mso-hide:all") != style.npos ||
           style.find("visibility:hidden") != style.npos;
}

}  // namespace mailbox
