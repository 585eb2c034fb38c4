#include "original_html.hpp"

namespace mailbox {
namespace {

constexpr std::string_view kCid = " data-cid=\"", kRemote = " data-remote-src=\"";

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

// The value of an attribute, as the cleaner wrote it, for a query: its few entities first.
std::string percent_encoded(std::string_view attribute) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::pair<std::string_view, char> kEntities[] = {
        {"&amp;", '&'}, {"&quot;", '"'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&#39;", '\''}};
    std::string out;
    while (!attribute.empty()) {
        char c = attribute.front();
        std::size_t length = 1;
        for (const auto& [entity, character] : kEntities)
            if (attribute.starts_with(entity)) c = character, length = entity.size();
        attribute.remove_prefix(length);
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(c)) out += c;
        else ((out += '%') += kDigits[byte >> 4]) += kDigits[byte & 15];
    }
    return out;
}

}  // namespace

std::string with_pictures(std::string_view cleaned, std::string_view part_path, bool remote) {
    std::string out = "<!doctype html><html><head><meta charset=\"utf-8\"><base target=\"_blank\"></head><body>";
    while (!cleaned.empty()) {
        const auto at = std::min(cleaned.find(kCid), cleaned.find(kRemote));
        out += cleaned.substr(0, at);
        if (at == cleaned.npos) break;
        cleaned.remove_prefix(at);
        const bool own = cleaned.starts_with(kCid);
        const auto from = (own ? kCid : kRemote).size();
        const auto end = std::min(cleaned.find('"', from), cleaned.size());
        const auto value = cleaned.substr(from, end - from);
        if (own) out.append(" src=\"").append(part_path).append(percent_encoded(value)).append("\"");
        else if (remote) out.append(" src=\"").append(value).append("\" referrerpolicy=\"no-referrer\"");
        cleaned.remove_prefix(std::min(end + 1, cleaned.size()));
    }
    return out + "</body></html>";
}

}  // namespace mailbox
