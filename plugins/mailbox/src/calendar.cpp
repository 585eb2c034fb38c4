#include "calendar.hpp"

#include <guichet/sdk/text.hpp>

namespace mailbox {

namespace {

constexpr std::size_t kLargest = 256 * 1024;
constexpr std::size_t kLongestMethod = 40;

const Attachment* find_calendar(const Message& message) {
    const auto found = std::ranges::find(message.attachments, "text/calendar", &Attachment::type);
    return found == message.attachments.end() || found->content.size() > kLargest ? nullptr : &*found;
}

std::string upper_case(std::string_view ascii) {
    std::string out{ascii};
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

// A property of the whole object: it stands before the first component (RFC 5545 3.6).
std::string method_of(std::string_view calendar) {
    while (!calendar.empty()) {
        const auto end = std::min(calendar.find('\n'), calendar.size());
        const auto line = upper_case(calendar.substr(0, std::min<std::size_t>(end, 80)));
        if (line.starts_with("METHOD:")) return guichet::one_line(line.substr(7)).substr(0, kLongestMethod);
        if (line.starts_with("BEGIN:") && !line.starts_with("BEGIN:VCALENDAR")) return {};
        calendar.remove_prefix(std::min(end + 1, calendar.size()));
    }
    return {};
}

}  // namespace

bool is_taken_by_calendar(guichet::Ctx ctx, const Incoming& mail) {
    const auto* part = find_calendar(mail.message);
    if (!part) return false;
    const auto calendar = guichet::lines(part->content);
    auto told = ctx.object()
                    .set("mail_id", mail.id)
                    .set("from", mail.from)
                    .set("authenticated", mail.trust >= Trust::authenticated)
                    .set("method", method_of(calendar))
                    .set("calendar", calendar)
                    .set("taken", false);
    ctx.before("mailbox.calendar_received", 1, "mail/" + std::to_string(mail.id), told);
    return told["taken"].boolean().value_or(false);
}

}  // namespace mailbox
