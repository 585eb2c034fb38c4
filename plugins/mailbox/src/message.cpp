#include "message.hpp"

#include "ascii.hpp"
#include "digest.hpp"

#include <algorithm>

namespace mailbox {
namespace {

constexpr std::size_t kComparedBody = 64u << 10;

}  // namespace

const std::string* find_header(const Headers& headers, std::string_view name) {
    const auto wanted = lower_case(name);
    const auto it =
        std::ranges::find_if(headers, [&](const Header& h) { return h.name.size() == wanted.size() && lower_case(h.name) == wanted; });
    return it == headers.end() ? nullptr : &it->value;
}

std::string dedup_key(const Message& message) {
    const auto* date = find_header(message.headers, "Date");
    std::string content;
    for (const auto& address : message.from) content += lower_case(address.address) + '\n';
    content +=
        (date ? *date : "") + '\n' + message.subject + '\n' + (message.text.empty() ? message.html : message.text).substr(0, kComparedBody);
    return sha256_hex(message.message_id + '\n' + sha256(content));
}

}  // namespace mailbox
