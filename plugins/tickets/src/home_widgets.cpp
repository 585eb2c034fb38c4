#include "home_widgets.hpp"

#include "fields.hpp"
#include "ticket_access.hpp"
#include "ticket_query.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

constexpr int kMine = 8;
// Counting stops here, so that a figure costs the same in any desk: "more than that" says enough.
constexpr int64_t kMostCounted = 1000;

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
    query.sql(" order by ").sql(figure.order).sql(" limit 1001");
}

void add_statuses(guichet::Query& query, const Call& call) {
    query.sql("unnest(").arg(guichet::array_literal(call.statuses.unfinished())).sql("::bigint[]) s(id)");
}

void add_count(guichet::Query& query, const Call& call, const Figure& figure, std::optional<int64_t> id = std::nullopt) {
    query.sql("(select count(*) from (select from ");
    add_statuses(query, call);
    query.sql(" cross join lateral (");
    add_some(query, call, figure, id);
    query.sql(") t limit 1001) n)");
}

Value figure(const Call& call, int64_t count) {
    return call.ctx.object().set("value", std::min(count, kMostCounted)).set("more", count > kMostCounted);
}

}  // namespace

int64_t count_mine(const Call& call) {
    guichet::Query query{call.ctx};
    query.sql("select ");
    add_count(query, call, kMineFigure, call.ctx.user_id());
    return query.run().i64(0, 0);
}

void show_tiles(const Call& call, Value, guichet::Html out) {
    guichet::Query query{call.ctx};
    query.sql("select ");
    add_count(query, call, kMineFigure, call.ctx.user_id());
    query.sql(", ");
    add_count(query, call, kUnassigned);
    query.sql(", ");
    add_count(query, call, kLate);
    const auto rows = query.run();
    out.render("widgets/tiles.html", call.ctx.object()
                                         .set("mine", figure(call, rows.i64(0, 0)))
                                         .set("unassigned", figure(call, rows.i64(0, 1)))
                                         .set("late", figure(call, rows.i64(0, 2))));
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
    int64_t most = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto* status = call.statuses.by_id(counts.i64(i, 0));
        most = std::max(most, std::min(counts.i64(i, 1), kMostCounted));
        rows.push(figure(call, counts.i64(i, 1)).set("code", status->code).set("label", status->label(call.ctx.language())));
    }
    out.render("widgets/by_status.html", call.ctx.object().set("rows", rows).set("most", most));
}

}  // namespace tickets
