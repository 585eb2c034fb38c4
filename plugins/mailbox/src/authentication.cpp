#include "authentication.hpp"

#include "ascii.hpp"

#include <algorithm>

namespace mailbox {
namespace {

// Comments and quoted strings are words of whoever is told of in them (RFC 8601, 2.2): neither begins a result.
std::string without_comments(std::string_view text) {
    std::string out;
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size()) {
            if (depth == 0) out += ' ';
            ++i;
        } else if (depth == 0 && c == '"') {
            quoted = !quoted;
            out += c;
        } else if (!quoted && c == '(') ++depth;
        else if (!quoted && c == ')' && depth > 0) --depth;
        else if (depth == 0) out += quoted && c == ';' ? ' ' : c;
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == text.npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

bool dmarc_passed(const Message& message, std::string_view authserv_id) {
    if (authserv_id.empty() || message.several_senders) return false;
    const auto* header = find_header(message.headers, "Authentication-Results");
    if (!header) return false;
    const auto text = lower_case(without_comments(*header));
    const auto end = text.find(';');
    auto who = trimmed(std::string_view{text}.substr(0, end));
    who = who.substr(0, who.find(' '));  // a version may follow
    if (end == text.npos || who != lower_case(authserv_id)) return false;
    for (std::size_t from = end + 1; from <= text.size();) {
        const auto next = std::min(text.find(';', from), text.size());
        const auto result = trimmed(std::string_view{text}.substr(from, next - from));
        const auto equals = result.find('=');
        if (equals != result.npos && trimmed(result.substr(0, equals)) == "dmarc") {
            const auto value = trimmed(result.substr(equals + 1));
            return value.substr(0, value.find_first_of(" \t")) == "pass";
        }
        from = next + 1;
    }
    return false;
}

}  // namespace mailbox
