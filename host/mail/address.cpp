#include "mail/address.hpp"

#include "base/strings.hpp"

#include <algorithm>

namespace host::mail {
namespace {

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_atom(char c) { return is_alnum(c) || std::string_view{"!#$&'*+-/=?^_`{|}~"}.find(c) != std::string_view::npos; }  // no %: routing

bool is_dot_atom(std::string_view text) {
    return std::ranges::all_of(base::split(text, '.'), [](auto part) { return !part.empty() && std::ranges::all_of(part, is_atom); });
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_alnum(c) || c == '-'; });
}

bool is_domain(std::string_view text) { return text.size() <= 253 && std::ranges::all_of(base::split(text, '.'), is_label); }

}  // namespace

bool is_address(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at <= 64 && text.size() <= 254 && is_dot_atom(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

std::string_view domain_of(std::string_view address) { return address.substr(address.find('@') + 1); }

bool is_header_text(std::string_view text) {
    return base::valid_utf8(text) && std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool is_message_id(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.size() <= 250 &&
           std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '<' && c != '>'; });
}

bool may_add_header(std::string_view name) {
    static constexpr std::string_view kOurs[] = {"from", "to", "cc", "bcc", "sender", "subject", "date", "message-id", "in-reply-to", "references", "reply-to",
                                                 "return-path", "received", "mime-version", "dkim-signature", "authentication-results"};
    const auto lower = base::lower_ascii(name);
    return !name.empty() && name.size() <= 60 && std::ranges::all_of(name, [](char c) { return is_alnum(c) || c == '-'; }) &&
           !lower.starts_with("content-") && !lower.starts_with("resent-") && std::ranges::find(kOurs, lower) == std::end(kOurs);
}

}  // namespace host::mail
