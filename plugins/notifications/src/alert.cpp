#include "alert.hpp"

namespace notifications {

using guichet::Value;

namespace {

Value numbers(guichet::Ctx ctx, Value ids) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (const auto id = ids[i].integer()) out.push(*id);
    return out;
}

}  // namespace

void tell_for_others(guichet::Ctx ctx, int64_t ticket_id, Value alert) {
    if (alert["text"]["en"].text().value_or("").empty()) throw guichet::Error{GUICHET_E_INVALID, "say what happened", "text"};
    auto event = ctx.object().set("occasion", alert["occasion"]).set("ticket_id", ticket_id).set("text", alert["text"]);
    event.set("users", numbers(ctx, alert["users"]));
    guichet::Tx tx{ctx};
    ctx.after("notifications.occasion", 1, "ticket/" + std::to_string(ticket_id), event);
    tx.commit();
}

}  // namespace notifications
