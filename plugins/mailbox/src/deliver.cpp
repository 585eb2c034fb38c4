#include "deliver.hpp"

#include "digest.hpp"
#include "inbound_store.hpp"
#include "mailbox_store.hpp"

#include <sysexits.h>

#include <iostream>

namespace mailbox {
namespace {

std::string named_mailbox(guichet::Value args) {
    return args.size() == 2 && args[std::size_t{0}].text() == "--mailbox" ? std::string{args[std::size_t{1}].text().value_or("")}
                                                                          : std::string{};
}

std::string read_mail() {
    std::string out;
    char buffer[64 * 1024];
    while (out.size() <= kLargestMail && std::cin.read(buffer, sizeof buffer).gcount() > 0)
        out.append(buffer, static_cast<std::size_t>(std::cin.gcount()));
    return out;
}

// The same mail, handed over again after a crash, has the same name.
std::string name_of(const std::string& mail) { return sha256_hex(mail); }

int say(int status, std::string_view message) {
    std::cerr << message << "\n";
    return status;
}

}  // namespace

std::int32_t deliver(guichet::Ctx ctx, guichet::Value args) {
    const auto name = named_mailbox(args);
    if (name.empty()) return say(EX_TEMPFAIL, "guichet mail deliver --mailbox NAME < MAIL");
    const auto mailbox = mailbox_named(ctx, name);
    if (!mailbox) return say(EX_TEMPFAIL, "there is no mailbox " + name);
    const auto mail = read_mail();
    if (mail.size() > kLargestMail) return say(EX_UNAVAILABLE, "the mail is larger than 35 MiB");
    if (mail.empty()) return say(EX_TEMPFAIL, "there is no mail on standard input");
    store_raw(ctx, {*mailbox, "pipe", name_of(mail), mail, {}});
    return EX_OK;
}

}  // namespace mailbox
