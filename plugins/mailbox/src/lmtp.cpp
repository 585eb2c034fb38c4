#include "lmtp.hpp"

#include "ascii.hpp"
#include "digest.hpp"
#include "inbound_store.hpp"

#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

namespace mailbox {

namespace {

constexpr std::size_t kLongestLine = 4096;  // more than RFC 5321 4.5.3.1 asks for
constexpr std::size_t kMostRecipients = 100;
constexpr unsigned kPatience_s = 300;  // RFC 5321 4.5.3.2.7

// Without its line end; of a line that is longer than that only the beginning.
bool read_line(std::istream& in, std::string& line, std::size_t most, bool* whole = nullptr) {
    ::alarm(kPatience_s);  // ends the program
    line.clear();
    if (whole) *whole = true;
    for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
        if (c == '\n') {
            if (line.ends_with('\r')) line.pop_back();
            return true;
        }
        if (line.size() < most) line += static_cast<char>(c);
        else if (whole) *whole = false;
    }
    return false;
}

// "FROM:<a@b> SIZE=12" after its first word: what stands in the brackets.
std::optional<std::string> path_after(std::string_view rest, std::string_view word) {
    if (lower_case(rest.substr(0, word.size())) != word) return std::nullopt;
    rest.remove_prefix(word.size());
    const auto begin = rest.find('<'), end = rest.rfind('>');
    if (begin == rest.npos || end == rest.npos || end < begin) return std::nullopt;
    return std::string{rest.substr(begin + 1, end - begin - 1)};
}

std::string without_suffix(std::string_view address) {
    const auto at = address.rfind('@'), plus = address.find('+');
    if (at == address.npos || plus == address.npos || plus > at) return std::string{address};
    return std::string{address.substr(0, plus)} + std::string{address.substr(at)};
}

bool is_clean(std::string_view address) {
    return std::ranges::none_of(address, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

}  // namespace

void LmtpSession::run() {
    say("220 guichet LMTP");
    std::string line;
    while (read_line(in_, line, kLongestLine) && obey(line)) {
    }
}

bool LmtpSession::obey(std::string_view line) {
    const auto space = std::min(line.find(' '), line.size());
    const auto command = lower_case(line.substr(0, space));
    const auto rest = line.substr(std::min(space + 1, line.size()));
    if (command == "quit") return say("221 2.0.0 bye"), false;
    if (command == "lhlo") greet(rest);
    else if (command == "helo" || command == "ehlo") say("500 5.5.1 this is LMTP: say LHLO");
    else if (command == "noop") say("250 2.0.0 ok");
    else if (command == "vrfy") say("252 2.5.0 try it");
    else if (command == "rset") reset(), say("250 2.0.0 ok");
    else if (!greeted_) say("503 5.5.1 say LHLO first");
    else if (command == "mail") begin(rest);
    else if (command == "rcpt") add(rest);
    else if (command == "data") take_content();
    else say("500 5.5.2 no such command");
    return !lost_;
}

void LmtpSession::greet(std::string_view name) {
    if (name.empty()) return say("501 5.5.4 say who you are");
    reset();
    greeted_ = true;
    say("250-guichet\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE " +
        std::to_string(kLargestMail));
}

void LmtpSession::begin(std::string_view rest) {
    const auto path = path_after(rest, "from:");
    if (!path || !is_clean(*path)) return say("501 5.5.4 MAIL FROM:<address>");
    if (has_sender_) return say("503 5.5.1 there is a sender already");
    sender_ = *path;
    has_sender_ = true;
    say("250 2.1.0 ok");
}

void LmtpSession::add(std::string_view rest) {
    const auto path = path_after(rest, "to:");
    if (!has_sender_) return say("503 5.5.1 MAIL comes first");
    if (!path || path->empty() || !is_clean(*path)) return say("501 5.5.4 RCPT TO:<address>");
    if (recipients_.size() == kMostRecipients) return say("452 4.5.3 too many recipients");
    try {
        auto mailbox = mailbox_named(ctx_, *path);
        if (!mailbox) mailbox = mailbox_named(ctx_, without_suffix(*path));
        if (!mailbox) return say("550 5.1.1 there is no such mailbox");
        recipients_.push_back({*mailbox, *path});
        say("250 2.1.5 ok");
    } catch (const guichet::Error&) {
        say("451 4.3.0 not now");
    }
}

void LmtpSession::take_content() {
    if (recipients_.empty()) return say("503 5.5.1 there is no recipient");
    say("354 end with a dot");
    std::string content;
    if (!read_content(content)) return;
    for (const auto& recipient : recipients_) say(store(recipient, content));
    reset();
}

// Of what is larger than a mail may be, one byte more is kept.
bool LmtpSession::read_content(std::string& content) {
    std::string line;
    bool whole = true;
    while (read_line(in_, line, kLargestMail, &whole)) {
        if (line == ".") return true;
        if (content.size() > kLargestMail) continue;
        content.append(line, line.starts_with('.') ? 1 : 0).append("\r\n");
        if (!whole || content.size() > kLargestMail) content.resize(kLargestMail + 1);
    }
    return false;
}

std::string LmtpSession::store(const Recipient& recipient, const std::string& content) try {
    if (content.size() > kLargestMail) return "552 5.3.4 larger than 35 MiB";
    // as a delivery agent does it (RFC 5321 4.4); answers find their ticket by the address that they were sent to
    const auto mail = "Return-Path: <" + sender_ + ">\r\nDelivered-To: " + recipient.address + "\r\n" + content;
    store_raw(ctx_, {recipient.mailbox, "lmtp", sha256_hex(mail), mail, {}});
    return "250 2.0.0 stored";
} catch (const guichet::Error& error) {
    ctx_.log(GUICHET_LOG_WARN, std::string{"a mail was not taken: "} + error.what());
    return "451 4.3.0 not now";
}

void LmtpSession::reset() {
    has_sender_ = false;
    sender_.clear();
    recipients_.clear();
}

void LmtpSession::say(std::string_view reply) {
    const auto line = std::string{reply} + "\r\n";
    for (std::string_view rest{line}; !rest.empty() && !lost_;) {
        const auto n = ::write(out_, rest.data(), rest.size());
        if (n > 0) rest.remove_prefix(static_cast<std::size_t>(n));
        else lost_ = errno != EINTR;
    }
}

int32_t lmtp(guichet::Ctx ctx, guichet::Value args) {
    if (args.size() > 0) {
        std::cerr << "guichet mail lmtp\n";
        return EX_USAGE;
    }
    const int out = ::dup(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);  // what the host has to say is not for the mail server
    LmtpSession{ctx, std::cin, out}.run();
    return EX_OK;
}

}  // namespace mailbox
