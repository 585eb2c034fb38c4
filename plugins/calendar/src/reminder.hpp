// Reminders: a mail some minutes before, once for each occurrence.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

// Inside the transaction that has changed the event: when its next reminder is due.
void plan_reminder(guichet::Ctx ctx, int64_t event);
void send_reminders(guichet::Ctx ctx, guichet::Job job);

}  // namespace calendar
