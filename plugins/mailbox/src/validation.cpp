#include "validation.hpp"

#include "inbound_store.hpp"

#include <sodium.h>

namespace mailbox {

using guichet::Ctx;

namespace {

std::string new_code() {
    constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";  // none that looks like another
    std::string out;
    for (int i = 0; i < 16; ++i) out += kLetters[randombytes_uniform(static_cast<std::uint32_t>(kLetters.size()))];
    return out;
}

std::string with_suffix(std::string_view address, std::string_view suffix) {
    const auto at = address.rfind('@');
    return std::string{address.substr(0, at)} + "+" + std::string{suffix} + std::string{address.substr(at)};
}

bool send(Ctx ctx, const Mailbox& mailbox, const std::string& to, std::string_view code) {
    const auto envelope = ctx.object().set("to", to).set("language", mailbox.language).set("sender", mailbox.sender);
    return ctx.send_mail("mailbox.validation", envelope, ctx.object().set("address", mailbox.address).set("code", code)) > 0;
}

bool names(const Message& message, std::string_view address) {
    for (const auto& recipient : recipients(message))
        if (recipient == lower_case(address)) return true;
    return false;
}

}  // namespace

bool send_code(Ctx ctx, int64_t id) {
    guichet::Tx tx{ctx};
    const auto mailbox = load_mailbox(ctx, id);
    const auto code = new_code();
    if (!send(ctx, mailbox, mailbox.address, code) || !send(ctx, mailbox, with_suffix(mailbox.address, code), code)) return false;
    ctx.exec("update mailbox set code = $2, code_sent_at = clock_timestamp() where id = $1", id, code);
    tx.commit();
    return true;
}

bool recognise_code(Ctx ctx, const Mailbox& mailbox, const Message& message) {
    if (mailbox.code.empty() || message.text.find(mailbox.code) == std::string::npos) return false;
    const bool plus = names(message, with_suffix(mailbox.address, mailbox.code));
    ctx.exec("update mailbox set validated_at = coalesce(validated_at, clock_timestamp()), subaddress = subaddress or $2 where id = $1",
             mailbox.id, plus);
    const auto waiting = ctx.exec(
        "update inbound_mail set state = 'received', why = '', attempts = 0, failures = 0 where mailbox_id = $1 and state = 'deferred' "
        "returning id",
        mailbox.id);
    for (std::size_t i = 0; i < waiting.size(); ++i) enqueue_taking(ctx, waiting.i64(i, 0));
    return true;
}

}  // namespace mailbox
