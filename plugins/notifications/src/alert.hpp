// What other modules have to tell about a ticket (notifications/occasions_v1.h).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

// Publishes it: people are told when it is delivered. GUICHET_E_INVALID.
void tell_for_others(guichet::Ctx ctx, int64_t ticket_id, guichet::Value alert);

}  // namespace notifications
