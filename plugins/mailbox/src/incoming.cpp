#include "incoming.hpp"

#include "keys.hpp"

#include <sodium.h>

#include <algorithm>

namespace mailbox {

using guichet::Ctx;

namespace {

std::string_view domain_of(std::string_view address) { return address.substr(address.rfind('@') + 1); }

Self self(Ctx ctx) {
    Self out;
    out.instance = instance_id(ctx);
    const auto rows = ctx.exec("select lower(address) from mailbox union select lower(address) from core.mail_sender_v1");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out.mailboxes.emplace_back(rows.text(i, 0));
        out.domains.emplace_back(domain_of(rows.text(i, 0)));
    }
    return out;
}

// Machines put a number or a time into what they otherwise repeat.
std::string body_key(std::string_view text) {
    std::string kept;
    for (const char c : text)
        if (c > ' ' && (c < '0' || c > '9')) kept += c;
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(kept.data()), kept.size(), nullptr, 0);
    char hex[sizeof hash * 2 + 1];
    return sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
}

std::vector<std::string> warnings_of(const Incoming& mail) {
    auto out = mail.message.warnings;
    if (mail.message.several_senders) out.emplace_back("several_senders");
    else if (mail.trust == Trust::none && !mail.mailbox.authserv_id.empty()) out.emplace_back("unverified");
    for (const auto& address : mail.message.reply_to)
        if (lower_case(address.address) != mail.from) out.push_back("reply_to " + address.address);
    return out;
}

}  // namespace

Incoming examine(Ctx ctx, int64_t id, Mailbox mailbox, Message message) {
    Incoming out;
    out.id = id;
    out.mailbox = std::move(mailbox);
    out.message = std::move(message);
    out.verdict = classify(out.message, self(ctx));
    out.signals = find_signals(out.message);
    out.parts = split(out.message);
    if (!out.message.from.empty()) {
        out.from = lower_case(out.message.from.front().address);
        out.from_name = out.message.from.front().name;
    }
    for (const auto* list : {&out.message.to, &out.message.cc})
        for (const auto& address : *list) out.recipients.push_back(lower_case(address.address));
    out.dedup_key = dedup_key(out.message);
    out.body_key = body_key(out.parts.text);
    out.trust = dmarc_passed(out.message, out.mailbox.authserv_id) ? Trust::authenticated : Trust::none;
    out.warnings = warnings_of(out);
    return out;
}

}  // namespace mailbox
