#include "home_widgets.hpp"

#include "fields.hpp"
#include "figure.hpp"
#include "ticket_access.hpp"
#include "ticket_query.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

constexpr int kMine = 8;
// Counting stops here, so that a figure costs the same in any desk: "more than that" says enough.

struct Figure {
    std::string_view condition;
    std::string_view order;  // of the index that has the condition
};
constexpr Figure kMineFigure{"t.assignee_id = ", "t.created_at"};
constexpr Figure kUnassigned{"t.assignee_id is null", "t.created_at"};
constexpr Figure kLate{"coalesce(t.due_at, '9999-12-31 00:00:00+00') < now()", "coalesce(t.due_at, '9999-12-31 00:00:00+00')"};
constexpr Figure kAny{"true", "t.created_at"};

// Appends the tickets of status s, as far as they are counted.
void add_some(guichet::Query& query, const Call& call, const Figure& figure, std::optional<int64_t> id) {
    query.sql("select from ticket t where t.status_id = s.id and ");
    Access{call.ctx, kRead}.add_any(query);
    query.sql(" and ").sql(figure.condition);
    if (id) query.arg(*id);
    query.sql(" order by ").sql(figure.order).sql(kCountLimit);
}

void add_statuses(guichet::Query& query, const Call& call) {
    query.sql("unnest(").arg(guichet::array_literal(call.statuses.unfinished())).sql("::bigint[]) s(id)");
}

int64_t count(const Call& call, const Figure& figure, std::optional<int64_t> id = std::nullopt) {
    guichet::Query query{call.ctx};
    query.sql("select count(*) from (select from ");
    add_statuses(query, call);
    query.sql(" cross join lateral (");
    add_some(query, call, figure, id);
    query.sql(") t").sql(kCountLimit).sql(") n");
    return query.run().i64(0, 0);
}

void show_tile(const Call& call, guichet::Html& out, int64_t count, std::string_view label, std::string_view path) {
    out.render("widgets/tile.html", figure(call, count).set("label", call.ctx.tr(label)).set("path", path));
}

}  // namespace

int64_t count_mine(const Call& call) { return count(call, kMineFigure, call.ctx.user_id()); }

void show_tickets_of_user(const Call& call, Value slot_data, guichet::Html out) {
    const auto user = slot_data["user_id"].integer().value_or(0);
    out.render("widgets/user.html", figure(call, count(call, kMineFigure, user)).set("user_id", user).set("active", slot_data["active"]));
}

void show_mine_tile(const Call& call, Value, guichet::Html out) {
    show_tile(call, out, count_mine(call), "My tickets in progress", "/tickets?assignee=me");
}

void show_unassigned_tile(const Call& call, Value, guichet::Html out) {
    show_tile(call, out, count(call, kUnassigned), "Unassigned tickets", "/tickets?assignee=none");
}

void show_late_tile(const Call& call, Value, guichet::Html out) {
    show_tile(call, out, count(call, kLate), "Late tickets", "/tickets?late=1&sort=due_at");
}

void show_mine(const Call& call, Value, guichet::Html out) {
    Filter filter;
    filter.statuses = call.statuses.unfinished();
    filter.only("assignee", call.ctx.user_id());
    filter.limit = kMine;
    const auto page = list_for_pages(call, filter);
    out.render("widgets/mine.html", call.ctx.object().set("tickets", page.items).set("more", !page.next.empty()));
}

void show_by_status(const Call& call, Value, guichet::Html out) {
    guichet::Query query{call.ctx};
    query.sql("select s.id, (select count(*) from (");
    add_some(query, call, kAny, std::nullopt);
    query.sql(") n) from ");
    add_statuses(query, call);
    const auto counts = query.run();
    auto rows = call.ctx.array();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto* status = call.statuses.by_id(counts.i64(i, 0));
        if (!status->active && counts.i64(i, 1) == 0) continue;
        rows.push(figure(call, counts.i64(i, 1))
                      .set("code", status->code)
                      .set("label", status->label(call.ctx.language()))
                      .set("color", status->color));
    }
    out.render("widgets/by_status.html", call.ctx.object().set("rows", rows));
}

}  // namespace tickets
