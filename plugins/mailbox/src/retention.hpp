// Originals of mails are kept for as long as the settings say: what was made of them stays in the tickets.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

// Raw mails, their HTML and the pictures in it. Not of mails that wait or are in quarantine: of those nothing was made yet.
void forget_originals(guichet::Ctx ctx, guichet::Job job);

}  // namespace mailbox
