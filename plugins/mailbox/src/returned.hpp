// A mail of ours came back (mail.md 3.4): its recipient is told of in the ticket, and nobody is written to because of it.
#pragma once

#include "incoming.hpp"
#include "token.hpp"

namespace mailbox {

// What was done, for the log of incoming mails. Inside the transaction of the mail.
std::string note_returned(guichet::Ctx ctx, const Keys& keys, const Incoming& mail);

}  // namespace mailbox
