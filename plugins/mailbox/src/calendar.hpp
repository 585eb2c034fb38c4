// Mails with a calendar object (RFC 6047): whoever keeps calendars may take them before they become tickets.
#pragma once

#include "incoming.hpp"

namespace mailbox {

// True when somebody took it. Inside the transaction of the mail.
bool is_taken_by_calendar(guichet::Ctx ctx, const Incoming& mail);

}  // namespace mailbox
