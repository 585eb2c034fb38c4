#include "ticket_events.hpp"

namespace calendar {

void follow_merge(guichet::Ctx ctx, guichet::Event event) {
    ctx.exec("update event set ticket_id = $2 where ticket_id = $1", event.data()["id"].integer().value_or(0),
             event.data()["into"].integer());
}

void forget_ticket(guichet::Ctx ctx, guichet::Event event) {
    ctx.exec("update event set ticket_id = null where ticket_id = $1", event.data()["id"].integer().value_or(0));
}

}  // namespace calendar
