#include "bounce.hpp"

#include "signals.hpp"
#include "text_scan.hpp"

#include <cctype>

namespace mailbox {
namespace {

constexpr std::size_t kScanned = 64u << 10;  // the explanation stands at the beginning

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "rfc822; a@b" or "a@b" or "<a@b>"
std::string typed_address(std::string_view value) {
    const auto semicolon = value.find(';');
    if (semicolon != value.npos) value.remove_prefix(semicolon + 1);
    value = trim_blanks(value);
    if (const auto open = value.find('<'); open != value.npos) value = value.substr(open + 1, value.find('>', open) - open - 1);
    return std::string{trim_blanks(value.substr(0, value.find_first_of(" \t(")))};
}

// "5.1.1" or "4.4.7" anywhere, not inside of a longer number as of an address. "" when there is none.
std::string find_status(std::string_view text) {
    for (auto at = text.find('.'); at != text.npos; at = text.find('.', at + 1)) {
        if (at == 0 || at + 3 >= text.size() + 1 || (text[at - 1] != '5' && text[at - 1] != '4' && text[at - 1] != '2')) continue;
        if (at >= 2 && (is_digit(text[at - 2]) || text[at - 2] == '.')) continue;
        auto end = at + 1;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end == at + 1 || end - at > 4 || end >= text.size() || text[end] != '.') continue;
        const auto detail = ++end;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end == detail || end - detail > 3 || (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1]))) continue;
        return std::string{text.substr(at - 1, end - at + 1)};
    }
    return {};
}

// "550 " or "#550-": what the server replied when there is no status.
std::string find_reply(std::string_view text) {
    for (std::size_t at = 0; at + 3 <= text.size(); ++at) {
        if ((text[at] != '5' && text[at] != '4') || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) continue;
        const bool begins =
            at == 0 || text[at - 1] == ' ' || text[at - 1] == '#' || text[at - 1] == '\n' || text[at - 1] == '(' || text[at - 1] == ':';
        const bool ends = at + 3 == text.size() || text[at + 3] == ' ' || text[at + 3] == '-' || text[at + 3] == '\n';
        if (begins && ends && text[at + 1] <= '5') return std::string{text.substr(at, 1)} + ".0.0";
    }
    return {};
}

bool is_general(std::string_view status) { return status.empty() || status.ends_with(".0.0"); }

// What servers say instead of a number.
std::string status_of_words(std::string_view lower_text) {
    if (contains_any(lower_text, {"user unknown", "unknown user", "no such user", "does not exist", "no mailbox", "unrouteable address",
                                  "recipient rejected", "recipient not found", "address not found", "n'existe pas", "destinataire inconnu",
                                  "adresse inconnue", "utilisateur inconnu", "invalid recipient", "addresses were unknown",
                                  "couldn't be found", "wasn't found", "doesn't have a", "not listed in"}))
        return "5.1.1";
    if (contains_any(lower_text, {"quota", "mailbox full", "mailbox is full", "boîte pleine", "boite pleine",
                                  "boîte aux lettres est pleine", "insufficient storage"}))
        return "5.2.2";
    if (contains_any(lower_text, {"account has been disabled", "account is disabled", "mailbox disabled", "account inactive",
                                  "compte désactivé", "boîte désactivée"}))
        return "5.2.1";
    if (contains_any(lower_text, {"host unknown", "host or domain name not found", "unknown host", "domain not found",
                                  "couldn't find any host", "domaine inconnu"}))
        return "5.1.2";
    return {};
}

bool is_address_char(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || std::string_view{"._+-=&'/~#!%$*?^`{|}"}.find(c) != std::string_view::npos ||
           (c & 0x80);
}

// Addresses in running text, in their order.
std::vector<std::string> find_addresses(std::string_view text) {
    std::vector<std::string> out;
    for (auto at = text.find('@'); at != text.npos && out.size() < 50; at = text.find('@', at + 1)) {
        auto begin = at, end = at + 1;
        while (begin > 0 && at - begin < 64 && is_address_char(text[begin - 1])) --begin;
        while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '.' || text[end] == '-')) ++end;
        while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
        while (begin < at && (text[begin] == '\'' || text[begin] == '=' || text[begin] == '.')) ++begin;
        if (begin < at && end > at + 1) out.emplace_back(text.substr(begin, end - begin));
    }
    return out;
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool blank = c == '\n' || c == '\t' || c == ' ';
        if (!blank) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
        if (out.size() >= 500) break;
    }
    return std::string{trim_blanks(out)};
}

class BounceReader {
public:
    explicit BounceReader(const Message& message) : message_{message} {}

    std::optional<FoundBounce> run() {
        bounce_.return_path = return_path();
        const bool found = is_multipart_report(message_) || is_from_daemon() ? by_report() || older() : older();
        if (!found) return std::nullopt;
        if (bounce_.original_message_id.empty()) bounce_.original_message_id = original_id();
        return FoundBounce{std::move(bounce_), std::move(why_)};
    }

private:
    std::string return_path() const {
        for (const auto& address : recipients(message_))
            if (const auto token = find_address_token(address); token && token->kind == Token::Kind::bounce) return address;
        return {};
    }

    // A person may send on somebody's report.
    bool by_report() {
        const auto& type = message_.report.type;
        if (type == "delivery-status") return delivery();
        if (type == "disposition-notification") return disposition();
        return type == "feedback-report" && complaint();
    }

    const std::string* field(std::string_view name) const {
        for (const auto& block : message_.report.blocks)
            if (const auto* value = find_header(block, name)) return value;
        return nullptr;
    }

    // Of several recipients the first that failed for good.
    bool delivery() {
        why_ = "Content-Type: multipart/report; report-type=delivery-status";
        const Headers* chosen = nullptr;
        for (const auto& block : message_.report.blocks) {
            const auto* action = find_header(block, "Action");
            if (!action && !find_header(block, "Final-Recipient")) continue;
            if (!chosen) chosen = &block;
            const auto* known = find_header(*chosen, "Action");
            if (action && to_lower(*action).starts_with("failed") && !(known && to_lower(*known).starts_with("failed"))) chosen = &block;
        }
        if (chosen) read_recipient(*chosen);
        if (bounce_.action.empty())
            bounce_.action = bounce_.status.starts_with('4') ? "delayed" : bounce_.status.starts_with('2') ? "delivered" : "failed";
        complete(text());
        return true;
    }
    void read_recipient(const Headers& block) {
        if (const auto* action = find_header(block, "Action")) bounce_.action = to_lower(typed_address(*action));
        for (const char* name : {"Final-Recipient", "Original-Recipient"})
            if (const auto* value = find_header(block, name); value && bounce_.final_recipient.empty())
                bounce_.final_recipient = typed_address(*value);
        if (const auto* status = find_header(block, "Status")) bounce_.status = find_status(*status);
        if (const auto* code = find_header(block, "Diagnostic-Code"))
            bounce_.diagnostic = one_line(std::string_view{*code}.substr(code->find(';') + 1));
        if (is_general(bounce_.status))
            if (auto status = find_status(bounce_.diagnostic); !status.empty()) bounce_.status = status;
    }

    // "manual-action/MDN-sent-manually; displayed/error"
    bool disposition() {
        why_ = "Content-Type: multipart/report; report-type=disposition-notification";
        bounce_.kind = Bounce::Kind::disposition;
        if (const auto* value = field("Disposition")) {
            const auto word = to_lower(typed_address(*value));
            bounce_.action = word.substr(0, word.find('/'));
        }
        for (const char* name : {"Final-Recipient", "Original-Recipient"})
            if (const auto* value = field(name); value && bounce_.final_recipient.empty()) bounce_.final_recipient = typed_address(*value);
        if (const auto* id = field("Original-Message-ID")) bounce_.original_message_id = std::string{trim_blanks(*id)};
        return true;
    }

    bool complaint() {
        why_ = "Content-Type: multipart/report; report-type=feedback-report";
        bounce_.kind = Bounce::Kind::complaint;
        if (const auto* value = field("Feedback-Type")) bounce_.action = to_lower(trim_blanks(*value));
        for (const char* name : {"Original-Rcpt-To", "Removal-Recipient"})
            if (const auto* value = field(name); value && bounce_.final_recipient.empty()) bounce_.final_recipient = typed_address(*value);
        return true;
    }

    // From before RFC 3464, and from servers that do not know it.
    bool older() {
        const auto* failed = find_header(message_.headers, "X-Failed-Recipients");
        const auto body = text();
        const auto lower = to_lower(body), subject = to_lower(message_.subject);
        const bool by_subject = is_bounce_subject(subject) && (is_from_daemon() || is_automatic());
        const bool by_text = is_from_daemon() && is_bounce_text(lower);
        if (!failed && !by_subject && !by_text) return false;
        why_ = failed ? "X-Failed-Recipients: " + failed->substr(0, 100) : "a bounce by its sender and its text";
        const auto explanation = before_returned_message(body);
        if (failed) bounce_.final_recipient = std::string{trim_blanks(failed->substr(0, failed->find(',')))};
        complete(explanation);
        const bool delayed = contains_any(to_lower(explanation),
                                          {"has not yet been delivered", "has not been delivered to one or more of its recipients after",
                                           "will continue to be retried", "delivery is delayed", "has been delayed", "delay reason",
                                           "warning: could not send", "you do not need to resend", "still being attempted",
                                           "n'a pas encore pu", "a été retardé", "toujours en cours de remise"}) ||
                             contains_any(subject, {"delayed", "(delay)", "warning: message", "retardé", "still being retried"});
        bounce_.action = delayed ? "delayed" : "failed";
        if (delayed && bounce_.status.starts_with('5')) bounce_.status = "4.0.0";
        return true;
    }

    // Fills from the explanation what is not known yet.
    void complete(std::string_view explanation) {
        const auto searched = explanation.substr(0, kScanned);
        if (bounce_.final_recipient.empty()) bounce_.final_recipient = recipient_in(searched);
        if (is_general(bounce_.status))
            for (auto status : {find_status(searched), status_of_words(to_lower(searched)), find_reply(searched)})
                if (!status.empty() && is_general(bounce_.status))
                    bounce_.status = bounce_.status.empty() || !is_general(status) ? status : bounce_.status;
        if (bounce_.diagnostic.empty()) bounce_.diagnostic = one_line(line_with_reason(searched));
    }
    std::string recipient_in(std::string_view explanation) const {
        const auto ours = recipients(message_);
        for (const auto& address : find_addresses(explanation)) {
            const auto lower = to_lower(address);
            const bool machine = starts_with_any(lower, {"postmaster@", "mailer-daemon@", "abuse@"});
            if (!machine && std::ranges::find(ours, lower) == ours.end()) return address;
        }
        return {};
    }
    static std::string_view line_with_reason(std::string_view explanation) {
        for (const auto line : split_lines(explanation))
            if (!find_status(line).empty() || !find_reply(line).empty() || !status_of_words(to_lower(line)).empty()) return line;
        return {};
    }

    std::string text() const {
        auto body = message_.text.empty() ? message_.html_text : message_.text;
        return body.substr(0, kScanned);
    }

    bool is_automatic() const {
        const auto* submitted = find_header(message_.headers, "Auto-Submitted");
        return submitted && !to_lower(*submitted).starts_with("no");
    }
    // The whole field: some have no address at all.
    bool is_from_daemon() const {
        if (is_empty_path(message_)) return true;
        const auto* from = find_header(message_.headers, "From");
        const auto text = from ? to_lower(*from) : std::string{};
        const auto address = message_.from.empty() ? std::string{} : to_lower(message_.from.front().address);
        return starts_with_any(address, {"postmaster", "postoffice", "mdaemon", "mail-daemon", "maildaemon"}) ||
               contains_any(text, {"mailer-daemon", "mailer_daemon", "mailerdaemon", "mail delivery s", "mail daemon",
                                   "internet mail delivery", "mail administrator", "système de messagerie"});
    }

    static bool is_bounce_subject(std::string_view subject) {
        return contains_any(subject, {"undeliver",
                                      "returned mail",
                                      "delivery status notification",
                                      "delivery failure",
                                      "delivery failed",
                                      "delivery has failed",
                                      "mail delivery",
                                      "failure notice",
                                      "returned to sender",
                                      "non remis",
                                      "non délivré",
                                      "non distribué",
                                      "non-remise",
                                      "échec de la remise",
                                      "échec de distribution",
                                      "échec d'envoi",
                                      "could not be delivered",
                                      "mail system error",
                                      "nondeliverable",
                                      "delivery error",
                                      "delivery report",
                                      "message delayed",
                                      "warning: could not send",
                                      "unzustellbar",
                                      "avis de non",
                                      "warning: message",
                                      "delayed mail"});
    }
    static bool is_bounce_text(std::string_view text) {
        return contains_any(text, {"could not be delivered",
                                   "wasn't delivered",
                                   "was not delivered",
                                   "unable to deliver",
                                   "permanent fatal errors",
                                   "permanent error",
                                   "delivery has failed",
                                   "delivery to the following recipient",
                                   "n'a pas pu être remis",
                                   "n'a pu être remis",
                                   "n'a pas pu être délivré",
                                   "n'a pu être délivré",
                                   "n'a pas été remis",
                                   "n'a pas pu être distribué",
                                   "n’a pas pu être remis",
                                   "échec de la remise",
                                   "this is the qmail-send program",
                                   "transcript of session follows",
                                   "undelivered mail",
                                   "couldn't be delivered",
                                   "did not reach",
                                   "n'a pas pu atteindre",
                                   "n'a pas atteint",
                                   "impossible de remettre"});
    }

    // The text before the copy of what came back.
    std::string_view before_returned_message(std::string_view body) const {
        const auto lower = to_lower(body);
        auto end = body.size();
        for (const std::string_view mark : {"--- below this line is a copy of the message", "------ this is a copy of the message",
                                            "------ this is a copy of your message", "----- original message -----",
                                            "----- message header follows", "--- the header of the original message",
                                            "------ the body of the message", "--- enclosed is a copy of the message", "return-path: "})
            end = std::min(end, lower.find(mark));
        return body.substr(0, end);
    }

    // Of what came back: its header, or the copy of it in the text.
    std::string original_id() const {
        if (const auto* id = find_header(message_.returned_headers, "Message-ID")) return std::string{trim_blanks(*id)};
        const auto body = text();
        for (const auto line : split_lines(body)) {
            const auto bare = trim_blanks(line);
            if (!to_lower(bare.substr(0, 11)).starts_with("message-id:")) continue;
            const auto id = trim_blanks(bare.substr(11));
            if (id.starts_with('<') && id.find('>') != id.npos) return std::string{id.substr(0, id.find('>') + 1)};
        }
        return {};
    }

    const Message& message_;
    Bounce bounce_;
    std::string why_;
};

}  // namespace

bool is_multipart_report(const Message& message) {
    const auto* type = find_header(message.headers, "Content-Type");
    return type && to_lower(*type).starts_with("multipart/report");
}

bool is_empty_path(const Message& message) {
    const auto* path = find_header(message.headers, "Return-Path");
    return path && trim_blanks(*path) == "<>";
}

std::optional<FoundBounce> read_bounce(const Message& message) { return BounceReader{message}.run(); }

}  // namespace mailbox
