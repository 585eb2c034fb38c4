// Numbers that end a conversation between machines that carry no mark of one (mail.md 3.3, security.md R65).
#pragma once

#include "incoming.hpp"

#include <optional>
#include <string>

namespace mailbox {

// Why a mail is made into nothing for now: its sender wrote too many within the last hour, to this ticket (0: any) or with
// nearly the same words. The pair is parked from then on: nothing is answered by itself.
std::optional<std::string> park(guichet::Ctx ctx, const Incoming& mail, int64_t ticket);
// More than 60 mails of the sender within a minute.
bool is_too_fast(guichet::Ctx ctx, const Incoming& mail);
// A ticket is opened again by mails three times an hour at most.
bool may_reopen(guichet::Ctx ctx, int64_t ticket);

struct AutomaticMail {
    std::string_view kind;  // of tickets.customer_mailing
    std::string recipient;  // lower case
    int64_t ticket = 0;
};
// Why an automatic mail is not sent; nullopt: it may be. Under a lock: two at once are counted one after the other.
std::optional<std::string> stop_automatic(guichet::Ctx ctx, const AutomaticMail& mail);

}  // namespace mailbox
