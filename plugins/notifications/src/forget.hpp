// The job that deletes notices and what was delivered to webhooks, older than the setting keep_days, in small pieces.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

void forget_old(guichet::Ctx ctx, guichet::Job job);

}  // namespace notifications
