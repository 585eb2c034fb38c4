#include "html_guard.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace mailbox {
namespace {

constexpr int kDeepest = 1000;
constexpr int kMostAttributes = 1000;

// Without an end tag, or with one that is often left out.
constexpr std::array<std::string_view, 24> kOpen{"br",  "img",   "hr",    "p",      "li",    "td",     "th",       "tr",
                                                 "dd",  "dt",    "meta",  "link",   "col",   "input",  "base",     "area",
                                                 "wbr", "tbody", "thead", "option", "param", "source", "!doctype", "embed"};

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '!'; }

std::string name_at(std::string_view html, std::size_t at) {
    std::string name;
    for (; at < html.size() && is_name_char(html[at]) && name.size() < 20; ++at)
        name += html[at] >= 'A' && html[at] <= 'Z' ? static_cast<char>(html[at] - 'A' + 'a') : html[at];
    return name;
}

// The end of the tag that begins at at; counts what separates attributes.
std::size_t end_of_tag(std::string_view html, std::size_t at, int& attributes) {
    char quote = 0;
    attributes = 0;
    for (; at < html.size(); ++at) {
        const char c = html[at];
        if (quote != 0) quote = c == quote ? '\0' : quote;
        else if (c == '>') return at + 1;
        else if (c == '"' || c == '\'') quote = html[at - 1] == '=' ? c : '\0';
        else if (c == ' ' || c == '\n' || c == '\t' || c == '/') ++attributes;
    }
    return at;
}

}  // namespace

bool is_reasonable_html(std::string_view html) {
    int depth = 0, attributes = 0;
    for (auto at = html.find('<'); at < html.size(); at = html.find('<', at)) {
        const bool ends = at + 1 < html.size() && html[at + 1] == '/';
        const auto name = name_at(html, at + (ends ? 2 : 1));
        if (name.empty()) {
            ++at;
            continue;
        }
        at = end_of_tag(html, at + 1, attributes);
        if (attributes > kMostAttributes) return false;
        if (std::ranges::find(kOpen, name) != kOpen.end()) continue;
        depth = ends ? std::max(0, depth - 1) : depth + 1;
        if (depth > kDeepest) return false;
    }
    return true;
}

}  // namespace mailbox
