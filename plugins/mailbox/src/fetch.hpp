// Brings in what waits on the servers.
#pragma once

#include "mailbox_store.hpp"

namespace mailbox {

// Job "mailbox.fetch_one": everything new of one mailbox, now. What does not work is noted there.
void fetch(guichet::Ctx ctx, int64_t mailbox);
// Job "mailbox.fetch": all that are due; then the servers that can tell of new mails for most of a minute. A failure of one is
// noted there and holds up none of the others. May run at the same time as the other: no mail is stored twice.
void fetch_due(guichet::Ctx ctx, guichet::Job job);

}  // namespace mailbox
