// The files of a mail: to the ticket, and what its original HTML shows.
#pragma once

#include "incoming.hpp"

namespace mailbox {

// To the ticket itself, or to a message of it. What there is no room for stays in the raw mail, and is counted.
int attach_files(guichet::Ctx ctx, const Incoming& mail, int64_t ticket, int64_t message);
// The cleaned HTML and its pictures; the id of the file, if there is any.
std::optional<int64_t> store_html(guichet::Ctx ctx, const Incoming& mail);

}  // namespace mailbox
