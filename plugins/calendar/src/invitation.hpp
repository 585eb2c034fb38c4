// Mails to those who take part: invitation, change, cancellation (RFC 5546, RFC 6047), with the event as a file.
#pragma once

#include "attendees.hpp"

namespace calendar {

// Inside a transaction: whoever does not know the present state of the event is written to after it.
void expect_invitations(guichet::Ctx ctx, int64_t event);
void send_invitations(guichet::Ctx ctx, guichet::Job job);
// Inside the transaction that takes it away from one of them, or deletes it.
void cancel_for(guichet::Ctx ctx, const Event& event, const Attendee& attendee);
void cancel_for_all(guichet::Ctx ctx, const Event& event);
// Files of mails that are no longer queued.
void forget_files(guichet::Ctx ctx, guichet::Job job);

}  // namespace calendar
