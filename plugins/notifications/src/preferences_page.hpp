// /notifications/preferences: each user's own choice per occasion.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace notifications {

void show_preferences(guichet::Ctx ctx, guichet::Request request);
void save_preferences(guichet::Ctx ctx, guichet::Request request);

}  // namespace notifications
