// Tells somebody by mail that a ticket is theirs now.
#pragma once

#include "call.hpp"

namespace tickets {

// Of tickets.ticket_created/1 and tickets.ticket_updated/1, delivered later: what holds no more is told to nobody.
void mail_assignee(const Call& call, guichet::Event event);

}  // namespace tickets
