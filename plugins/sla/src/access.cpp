#include "access.hpp"

#include <tickets/tickets_v1.h>

namespace sla {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::size_t kMost = 1000;

}  // namespace

std::set<int64_t> visible(Ctx ctx, const std::vector<int64_t>& ids) {
    std::set<int64_t> out;
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    for (std::size_t from = 0; tickets && from < ids.size(); from += kMost) {
        guichet_value* raw = nullptr;
        tickets(&tickets_tickets_v1::visible, ids.data() + from, std::min(kMost, ids.size() - from), &raw);
        const Value found{ctx.raw(), raw};
        for (std::size_t i = 0; i < found.size(); ++i) out.insert(found[i]["id"].integer().value_or(0));
    }
    return out;
}

int64_t count_visible(Ctx ctx, std::string_view where, std::optional<guichet::Time> until) {
    const bool all = ctx.level(kReadTickets) == GUICHET_LEVEL_ALL;
    guichet::Query query{ctx};
    query.sql(all ? "select count(*)" : "select ticket_id").sql(" from ticket_state where open and ").sql(where);
    if (until) query.sql(" and due_at <= ").arg(*until);
    if (!all) query.sql(" limit ").arg(static_cast<int64_t>(kMost));
    const auto rows = query.run();
    if (all) return rows.i64(0, 0);
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.i64(i, 0));
    return static_cast<int64_t>(visible(ctx, ids).size());
}

}  // namespace sla
