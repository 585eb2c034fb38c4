// Answers to invitations that come by mail (RFC 5546, 3.2.3).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

// Takes a REPLY for an event of ours from an address that was invited; everything else is left to become a ticket.
void take_answer(guichet::Ctx ctx, guichet::Event event);

}  // namespace calendar
