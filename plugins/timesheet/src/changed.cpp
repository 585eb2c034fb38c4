#include "changed.hpp"

namespace timesheet {

void publish(guichet::Ctx ctx, const Change& change) {
    auto data = ctx.object().set("object", change.object).set("change", change.change).set("id", change.id);
    data.set("ticket_id", change.ticket).set("contract_id", change.contract).set("user_id", change.user).set("seconds", change.seconds);
    ctx.after("timesheet.changed", 1, std::string{"time_"}.append(change.object) + '/' + std::to_string(change.id), data);
}

}  // namespace timesheet
