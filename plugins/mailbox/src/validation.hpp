// An address is used once a mail to it has come back through its mailbox (row S0-15).
#pragma once

#include "incoming.hpp"

namespace mailbox {

// Sends a code to the address, and one to the address with +something: the second tells whether answers can carry a token in
// theirs. False, and nothing is sent, while no sender is configured.
bool send_code(guichet::Ctx ctx, int64_t mailbox);
// True when the mail is one of them. What waited for the address is taken from then on. Inside the transaction of the mail.
bool recognise_code(guichet::Ctx ctx, const Mailbox& mailbox, const Message& message);

}  // namespace mailbox
