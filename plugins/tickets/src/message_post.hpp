// Sending a message: stored with its files, mailed and announced in one transaction.
#pragma once

#include "message_store.hpp"
#include "ticket_store.hpp"

namespace tickets {

// Checked by check_message. The uploads of the request become files of the message. Returns its id.
// Throws GUICHET_E_INVALID when the address of the customer cannot be written to, GUICHET_E_VETO when a hook refuses.
int64_t post_message(const Call& call, const Ticket& ticket, const NewMessage& message, guichet::Request request);

}  // namespace tickets
