#include "ui/template/escape.hpp"

#include "base/strings.hpp"
#include "ui/template/template.hpp"

#include <algorithm>
#include <array>

namespace host::ui {
namespace {

constexpr auto kNeedsEscape = [] {
    std::array<bool, 256> table{};
    for (const unsigned char c : {'&', '<', '>', '"', '\''}) table[c] = true;
    return table;
}();

std::string_view entity(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        default:
            return "&#39;";
    }
}

// Browsers drop some of these from addresses, which would make "/\t/host" a host.
bool has_control(std::string_view url) {
    return std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

void escape_text(std::string_view text, std::string& out) {
    const char* run = text.data();
    const char* const end = run + text.size();
    for (const char* at = run; at != end; ++at) {
        if (!kNeedsEscape[static_cast<unsigned char>(*at)]) continue;
        out.append(run, static_cast<std::size_t>(at - run));
        out += entity(*at);
        run = at + 1;
    }
    out.append(run, static_cast<std::size_t>(end - run));
}

void escape_lines(std::string_view text, std::string& out) {
    for (;;) {
        const std::size_t end = text.find_first_of("\r\n");
        escape_text(text.substr(0, end), out);
        if (end == text.npos) return;
        out += "<br>";
        text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

bool is_link_scheme(std::string_view lower_case_scheme) {
    return lower_case_scheme == "http" || lower_case_scheme == "https" || lower_case_scheme == "mailto" || lower_case_scheme == "tel";
}

bool is_safe_path(std::string_view url) {
    return url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\") && !has_control(url);
}

bool is_safe_link(std::string_view url) {
    if (url.starts_with('/')) return is_safe_path(url);
    if (has_control(url)) return false;
    if (url.starts_with('?') || url.starts_with('#')) return true;
    const std::size_t colon = url.substr(0, 7).find(':');
    return colon != url.npos && is_link_scheme(base::lower_ascii(url.substr(0, colon)));
}

}  // namespace host::ui
