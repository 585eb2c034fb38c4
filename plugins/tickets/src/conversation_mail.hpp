// Mail that a message sends: a reply to the customer, a word to the recipient of a private message. Written to the host's queue
// in the transaction of the message; nothing but the message itself is in it.
#pragma once

#include "message_store.hpp"
#include "requester.hpp"

namespace tickets {

// Notes with the message to whom it went. Without a configured sender no mail is written, and nothing is noted.
// Throws GUICHET_E_INVALID with the field "visibility" when the address cannot be written to.
void mail_reply(const Call& call, const Ticket& ticket, int64_t message, const Requester& to, std::string_view body,
                const std::vector<int64_t>& files);

// Says that there is one, and not what is in it: administrators see the queue (S1-21).
void mail_private_notice(const Call& call, const Ticket& ticket, int64_t message, int64_t to_user);

}  // namespace tickets
