// Brings in what waits on the servers.
#pragma once

#include "mailbox_store.hpp"

namespace mailbox {

// Everything new of one mailbox; how many mails were stored. Throws ServerError.
int fetch(guichet::Ctx ctx, Mailbox mailbox);
// Job "mailbox.fetch": all that are due; a failure of one is noted there and holds up none of the others.
void fetch_due(guichet::Ctx ctx, guichet::Job job);

}  // namespace mailbox
