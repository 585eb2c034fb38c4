// What other plugins hear of events.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

// "calendar.event_changed"; change: created, updated, answered, deleted. Inside the transaction, while the row is there.
void changed(guichet::Ctx ctx, int64_t event, std::string_view change);

}  // namespace calendar
