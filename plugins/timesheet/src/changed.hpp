// The event timesheet.changed.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

struct Change {
    std::string_view object, change;  // as events/changed.v1.json says
    int64_t id = 0;
    std::optional<int64_t> ticket{}, contract{}, user{}, seconds{};
};

// In the transaction of the change.
void publish(guichet::Ctx ctx, const Change& change);

}  // namespace timesheet
