// Sends what waits for one webhook: at least once, each attempt in the log, later and later after failures.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

// Handler of the job notifications.webhook {webhook_id}.
void deliver_webhook(guichet::Ctx ctx, guichet::Job job);

}  // namespace notifications
