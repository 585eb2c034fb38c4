// One mail into its ticket, in the caller's transaction: ticket or message, files, events, and the mail marked as done.
#pragma once

#include "incoming.hpp"
#include "token.hpp"

namespace mailbox {

void route(guichet::Ctx ctx, const Keys& keys, Incoming mail);

}  // namespace mailbox
