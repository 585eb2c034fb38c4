// From an event of tickets to notices: each person once, in the transaction of the delivery.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

// Handler of the subscriptions. Mails are written later, by the job notifications.mail.
void tell(guichet::Ctx ctx, guichet::Event event);

}  // namespace notifications
