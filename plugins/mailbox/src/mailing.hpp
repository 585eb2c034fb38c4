// Dresses what tickets send to customers, so that their answers and bounces find back (mail.md 3.2, 3.3, 3.4).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

// Hook on tickets.customer_mailing: sender, Reply-To, Message-ID, thread, return path; refuses what machines must not send.
void dress(guichet::Ctx ctx, guichet::Event event);
// Hook on tickets.customer_mailed: which mail of the queue it became.
void note_mail(guichet::Ctx ctx, guichet::Event event);

}  // namespace mailbox
