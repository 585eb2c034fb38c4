#include "event_events.hpp"

namespace calendar {

void changed(guichet::Ctx ctx, int64_t event, std::string_view change) {
    const auto row = ctx.exec(
        "select id, series_id, owner_id, ticket_id, account_id, contact_id, starts_at, ends_at, whole_day, private"
        " from event where id = $1",
        event);
    ctx.after("calendar.event_changed", 1, "event/" + std::to_string(event), row.row(0).set("change", change));
}

}  // namespace calendar
