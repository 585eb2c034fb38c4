// Mails of which nothing could be made: kept, with one ticket that says so, until an administrator has looked at them.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <string>

namespace mailbox {

// In a transaction of its own. with_ticket: a ticket tells that somebody wrote.
void quarantine(guichet::Ctx ctx, int64_t inbound, std::string_view why, bool with_ticket);
// GUICHET_E_CONFLICT unless it is there.
void replay(guichet::Ctx ctx, int64_t inbound);
void drop(guichet::Ctx ctx, int64_t inbound);

}  // namespace mailbox
