#include "ticket.hpp"

#include <tickets/tickets_v1.h>

namespace notifications {
namespace {

constexpr std::size_t kMostAtOnce = 1000;

guichet::Value first(const guichet::Rows& rows) { return rows.empty() ? guichet::Value{} : rows.row(0); }

}  // namespace

guichet::Value load_ticket(guichet::Ctx ctx, int64_t id) {
    return first(ctx.exec(
        "select t.*, a.type as account_type, a.name as account_name from tickets.ticket_v1 t left join directory.account_v1 a on a.id = "
        "t.account_id where t.id = $1 and t.phase <> 'deleted'",
        id));
}

guichet::Value load_ticket(guichet::Ctx ctx, std::string_view ref) {
    const auto rows = ctx.exec("select id from tickets.ticket_v1 where ref = $1", ref);
    return rows.empty() ? guichet::Value{} : load_ticket(ctx, rows.i64(0, 0));
}

std::vector<int64_t> readers(guichet::Ctx ctx, int64_t ticket, const std::vector<int64_t>& users) {
    std::vector<int64_t> out;
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 1);
    for (std::size_t at = 0; tickets && at < users.size(); at += kMostAtOnce) {
        guichet_value* found = nullptr;
        tickets(&tickets_tickets_v1::readers, ticket, users.data() + at, std::min(kMostAtOnce, users.size() - at), &found);
        const guichet::Value ids{ctx.raw(), found};
        for (std::size_t i = 0; i < ids.size(); ++i) out.push_back(ids[i].integer().value_or(0));
    }
    return out;
}

}  // namespace notifications
