#include "html.hpp"

#include "html_text.hpp"
#include "html_tree.hpp"

#include <glib.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <set>

namespace mailbox {
namespace {

constexpr std::size_t kLargestPicture = 2u << 20;  // mail.md 3.6
constexpr int kMostPictures = 50;
constexpr int kHoists = 3;

const std::set<std::string_view> kElements{
    "a",     "abbr",  "b",  "big",   "blockquote", "br",    "caption", "center", "cite",  "code", "col",    "colgroup", "dd",  "del",
    "dfn",   "div",   "dl", "dt",    "em",         "h1",    "h2",      "h3",     "h4",    "h5",   "h6",     "hr",       "i",   "ins",
    "kbd",   "li",    "ol", "p",     "pre",        "q",     "s",       "samp",   "small", "span", "strike", "strong",   "sub", "sup",
    "table", "tbody", "td", "tfoot", "th",         "thead", "tr",      "tt",     "u",     "ul",   "var"};
const std::set<std::string_view> kVoid{"br", "col", "hr"};
const std::set<std::string_view> kTextAttributes{"title", "lang", "dir", "align", "valign"};
const std::set<std::string_view> kNumberAttributes{"colspan", "rowspan", "span", "start", "width", "height"};

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// As browsers do before they look at the scheme: blanks at the ends, line breaks and tabs anywhere.
std::string clean_address(std::string_view address) {
    std::string out;
    for (const char c : address)
        if (static_cast<unsigned char>(c) > 0x20 || (c == ' ' && !out.empty())) out += c;
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

bool is_link(std::string_view address) {
    const auto text = lower(address.substr(0, 8));
    return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("mailto:") || text.starts_with("tel:");
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 4 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string percent_decoded(std::string_view text) {
    const std::unique_ptr<char, decltype(&g_free)> out{g_uri_unescape_string(std::string{text}.c_str(), nullptr), &g_free};
    return out ? std::string{out.get()} : std::string{text};
}

class Cleaner {
public:
    explicit Cleaner(HtmlContent& content) : content_{content} {}

    bool enter(const GumboNode* node) {
        if (is_left_out(node)) return false;
        begin_quote(node);
        const std::string_view tag = gumbo_normalized_tagname(node->v.element.tag);
        if (tag == "img") return picture(node), false;
        if (!kElements.contains(tag)) return true;  // its content counts
        out_ += '<';
        out_ += tag;
        attributes(node, tag);
        out_ += '>';
        if (tag == "pre") out_ += '\n';  // a browser leaves the first one out
        return !kVoid.contains(tag);
    }

    void leave(const GumboNode* node) {
        const std::string_view tag = gumbo_normalized_tagname(node->v.element.tag);
        while (!open_quotes_.empty() && open_quotes_.back().second == node) end_quote();
        if (kElements.contains(tag)) {
            out_ += "</";
            out_ += tag;
            out_ += '>';
        }
        while (!open_quotes_.empty() && open_quotes_.back().first == node) end_quote();
    }

    void text(std::string_view text) { out_ += escape_html(text); }

    std::string take() { return std::move(out_); }

private:
    // A container ends with itself, the rest with its parent. Outlook puts the header of the quote into a <div> of its own: the rest
    // begins with the outermost element that begins with it.
    void begin_quote(const GumboNode* node) {
        if (!open_quotes_.empty()) return;
        if (quote_mark(node) == QuoteMark::container) open_quotes_.emplace_back(node, nullptr);
        else if (begins_rest(node)) open_quotes_.emplace_back(nullptr, node->parent);
        else return;
        out_ += "<div data-quote=\"\">";
    }
    void end_quote() {
        out_ += "</div>";
        open_quotes_.pop_back();
    }
    bool begins_rest(const GumboNode* node) const {
        for (int i = 0; i <= kHoists && node; ++i) {
            if (node->type != GUMBO_NODE_ELEMENT) return false;
            if (quote_mark(node) == QuoteMark::rest) return node->parent && node->parent->type == GUMBO_NODE_ELEMENT;
            if (node->v.element.tag != GUMBO_TAG_DIV) return false;
            node = first_child(node);
        }
        return false;
    }
    static const GumboNode* first_child(const GumboNode* node) {
        const auto& children = node->v.element.children;
        for (unsigned i = 0; i < children.length; ++i) {
            const auto* child = static_cast<const GumboNode*>(children.data[i]);
            if (!is_blank_text(child)) return child;
        }
        return nullptr;
    }

    void attributes(const GumboNode* node, std::string_view tag) {
        const auto& list = node->v.element.attributes;
        for (unsigned i = 0; i < list.length; ++i) {
            const auto* attribute = static_cast<const GumboAttribute*>(list.data[i]);
            const std::string_view name = attribute->name, value = attribute->value;
            if (kTextAttributes.contains(name) && value.size() <= 500) put(name, value);
            else if (kNumberAttributes.contains(name) && is_number(value)) put(name, value);
            else if (name == "href" && tag == "a") link(value);
        }
    }
    void link(std::string_view value) {
        const auto address = clean_address(value);
        if (!is_link(address)) return;
        put("href", address);
        out_ += " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";
    }

    void picture(const GumboNode* node) {
        const auto source = clean_address(attribute(node, "src"));
        const auto scheme = lower(source.substr(0, 8));
        std::string name, value;
        if (scheme.starts_with("cid:")) {
            name = "data-cid";
            value = percent_decoded(source.substr(4));
            content_.content_ids.push_back(value);
        } else if (scheme.starts_with("data:")) {
            name = "data-cid";
            value = embedded(source);
        } else if (scheme.starts_with("http://") || scheme.starts_with("https://")) {
            name = "data-remote-src";
            value = source;
        }
        if (value.empty()) return;
        out_ += "<img";
        put(name, value);
        put("alt", attribute(node, "alt").substr(0, 500));
        for (const char* size : {"width", "height"})
            if (const auto number = attribute(node, size); is_number(number)) put(size, number);
        out_ += '>';
    }
    // "data:image/png;base64,…" becomes an attachment; its content id.
    std::string embedded(std::string_view source) {
        const auto comma = source.find(',');
        const auto type = lower(source.substr(5, std::min(source.find(';'), comma) - 5));
        const auto head = lower(source.substr(0, comma));
        const bool usable = comma != source.npos && type.starts_with("image/") && type != "image/svg+xml" && head.ends_with(";base64") &&
                            (source.size() - comma) / 4 * 3 <= kLargestPicture && content_.pictures.size() < kMostPictures;
        if (!usable) return ++content_.dropped_pictures, std::string{};
        std::string bytes = percent_decoded(source.substr(comma + 1));
        gsize size = 0;
        g_base64_decode_inplace(bytes.data(), &size);
        bytes.resize(size);
        HtmlPicture picture{"picture-" + std::to_string(content_.pictures.size() + 1) + "@html", type, std::move(bytes)};
        content_.content_ids.push_back(picture.content_id);
        content_.pictures.push_back(std::move(picture));
        return content_.content_ids.back();
    }

    void put(std::string_view name, std::string_view value) {
        out_ += ' ';
        out_ += name;
        out_ += "=\"";
        out_ += escape_html(value);
        out_ += '"';
    }

    HtmlContent& content_;
    std::string out_;
    std::vector<std::pair<const GumboNode*, const GumboNode*>> open_quotes_;  // ends after first, or in second
};

struct Tree {
    explicit Tree(const std::string& utf8) : output{gumbo_parse_with_options(&kGumboDefaultOptions, utf8.data(), utf8.size())} {}
    Tree(const Tree&) = delete;
    GumboOutput* output;  // not freed: that recurses, and the process ends with the message
};

}  // namespace

HtmlContent read_html(const std::string& utf8) {
    const Tree tree{utf8};
    HtmlContent content;
    Cleaner cleaner{content};
    walk(tree.output->root, cleaner);
    content.html = cleaner.take();
    auto text = html_to_text(tree.output->root);
    content.text = std::move(text.text);
    content.quote = text.quote;
    return content;
}

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += c;
        }
    return out;
}

std::string text_to_html(std::string_view text) {
    std::string out = "<div>";
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        out += escape_html(text.substr(at, end - at));
        if (end < text.size()) out += "<br>";
        at = end + 1;
    }
    return out += "</div>";
}

std::string declared_charset(std::string_view html) {
    const auto head = lower(html.substr(0, 1024));
    const auto at = head.find("charset=");
    if (at == head.npos) return {};
    auto value = std::string_view{head}.substr(at + 8);
    if (value.starts_with('"') || value.starts_with('\'')) value.remove_prefix(1);
    return std::string{value.substr(0, value.find_first_of("\"' ;/>\t\r\n"))};
}

}  // namespace mailbox
