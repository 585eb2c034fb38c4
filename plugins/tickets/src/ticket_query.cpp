#include "ticket_query.hpp"

#include "filter_conditions.hpp"
#include "ticket_access.hpp"

#include <algorithm>
#include <functional>

namespace tickets {

using guichet::Value;

namespace {

constexpr int kPageRows = 25;
constexpr int kMostRows = 200;
constexpr int64_t kNeverUs = 253402214400000000;  // 9999-12-31, where due dates that are not set are sorted

constexpr std::string_view kPageColumns =
    "t.id, t.number, t.ref, t.subject, t.status_id, t.priority, t.type, t.category, t.severity, t.channel, t.progress, t.assignee_id, "
    "t.account_id, t.due_at, t.resolved_at, t.closed_at, t.visible_to_client, t.created_at, t.updated_at";

constexpr std::string_view kApiColumns =
    "t.id, t.number, t.ref, t.subject, t.description, s.code as status, s.phase, nullif(t.priority, '') as priority, nullif(t.type, '') as "
    "type, "
    "nullif(t.category, '') as category, nullif(t.severity, '') as severity, t.account_id, t.contact_id, t.contract_id, "
    "t.assignee_id as assignee, t.in_charge_id as in_charge, t.team_id as team, t.channel, t.tracking_id, "
    "coalesce(t.started_at, t.created_at) as started_at, t.due_at, t.progress, t.visible_to_client, to_jsonb(t.tags) as tags, t.read_at, "
    "t.read_by, "
    "t.resolved_at, t.closed_at, t.merged_into, "
    "t.created_at, t.created_by, t.updated_at, t.updated_by, t.version, t.custom, nullif(t.requester_email, '') as requester_email";
constexpr std::string_view kApiJoins = " join status s on s.id = t.status_id";

// What is read of the tickets that were picked.
struct Shape {
    std::function<void(guichet::Query&)> add_columns, add_joins;
};

Shape api_shape() {
    return {[](guichet::Query& query) { query.sql(kApiColumns); }, [](guichet::Query& query) { query.sql(kApiJoins); }};
}
Shape page_shape(const std::vector<Column>& columns) {
    return {[&](guichet::Query& query) { add_selected(query.sql(kPageColumns), columns); },
            [&](guichet::Query& query) { add_joins(query, columns); }};
}
Shape export_shape(const std::vector<Column>& columns, const guichet::ListColumns& others) {
    return {[&](guichet::Query& query) { add_texts(query.sql("t.id"), columns, others); },
            [&](guichet::Query& query) { add_joins(query, columns); }};
}

void add_key(guichet::Query& query, const Sort& sort, int64_t key) {
    if (sort.by_time) query.arg(guichet::Time{key});
    else query.arg(key);
}

// Rows after the cursor. Where a group comes first, those of its own from the key on and all of later ones.
void add_after(guichet::Query& query, const Call& call, const Filter& filter) {
    if (!filter.after) return;
    const auto& sort = *filter.sort;
    const auto compare = sort.descending ? " < (" : " > (";
    if (!sort.group) {
        query.sql(" and (").sql(sort.key).sql(", t.id)").sql(compare);
        add_key(query, sort, filter.after->key);
        query.sql(", ").arg(filter.after->id).sql(")");
        return;
    }
    const auto groups = groups_of(call, sort);
    const auto place = std::ranges::find(groups, filter.after->group) - groups.begin() + 1;
    query.sql(sort.last_group_first ? " and p.place <= " : " and p.place >= ").arg(place);
    query.sql(" and (t.created_at, t.id) < (case when p.place = ").arg(place).sql(" then ");
    add_key(query, sort, filter.after->key);
    query.sql(" else 'infinity'::timestamptz end, ").arg(filter.after->id).sql("::bigint)");
}

// The order of the picked rows; place and key are columns of the picking statement.
void add_order(guichet::Query& query, const Sort& sort) {
    query.sql(" order by ");
    if (sort.group) query.sql(sort.last_group_first ? "x.place desc, " : "x.place, ");
    query.sql("x.key").sql(sort.direction()).sql(", x.id").sql(sort.direction());
}

// A limit written out lets PostgreSQL plan for few rows; three of them keep the statements few.
std::string_view limit_text(const Filter& filter) {
    return filter.limit <= kPageRows ? " limit 26" : filter.limit <= kMostRows ? " limit 201" : " limit 50001";
}

void add_groups(guichet::Query& query, const Call& call, const Sort& sort) {
    query.sql("unnest(").arg(guichet::array_literal(groups_of(call, sort)));
    query.sql(*sort.group == Field::status ? "::bigint[]" : "::text[]").sql(") with ordinality p(code, place)");
}

// How far tickets are looked at in their order. Several words that are common, and never together, would have every ticket looked at
// before the page is known to be empty: the first ones of each status are tried, and then what the words themselves lead to.
enum class Reach { in_order, first_ones, all_at_once };
constexpr std::string_view kFirstOnes = " limit 2000";

guichet::Query& add_index_order(guichet::Query& query, const Sort& sort) {
    return query.sql(" order by ").sql(sort.key).sql(sort.direction()).sql(", t.id").sql(sort.direction());
}

// Each status (and each group of the order) gives its first rows from an index that is in the wanted order; the best of these
// are the page.
void pick_by_status(guichet::Query& query, const Call& call, const Filter& filter, const Access& access, std::size_t way, Reach reach) {
    const auto& sort = *filter.sort;
    query.sql("select y.id, y.key").sql(sort.group ? ", p.place" : "").sql(" from ");
    if (sort.group) {
        add_groups(query, call, sort);
        query.sql(" cross join ");
    }
    query.sql("unnest(")
        .arg(guichet::array_literal(filter.statuses))
        .sql("::bigint[]) s(id) cross join lateral (select t.id, ")
        .sql(sort.key);
    query.sql(" as key from ").sql(reach == Reach::first_ones ? "(select t.* from ticket t" : "ticket t").sql(" where t.status_id = s.id");
    if (sort.group) query.sql(" and ").sql(group_column(sort)).sql(" = p.code");
    add_after(query, call, filter);
    query.sql(" and ");
    access.add_way(query, way);
    if (reach == Reach::first_ones) add_index_order(query, sort).sql(kFirstOnes).sql(") t where true");
    add_conditions(query, filter);
    // without a limit of its own a statement is planned by what the words are found in, and not by the order
    if (reach != Reach::all_at_once) add_index_order(query, sort).sql(limit_text(filter));
    query.sql(") y");
}

// A ticket may be found in several ways and is shown once.
void pick_by_ways(guichet::Query& query, const Call& call, const Filter& filter, Reach reach) {
    const Access access{call.ctx, kRead};
    if (access.ways() == 0) query.sql("select t.id, ").sql(filter.sort->key).sql(" as key, 0 as place from ticket t where false");
    for (std::size_t way = 0; way < access.ways(); ++way) {
        query.sql(way ? " union " : "");
        pick_by_status(query, call, filter, access, way, reach);
    }
}

// Rows of REST have the status by its code.
std::string group_of(const Call& call, const Sort& sort, Value row) {
    if (!sort.group) return {};
    if (*sort.group != Field::status) return std::string{row[info(*sort.group).name].text().value_or("")};
    const auto* status = call.statuses.by_code(row["status"].text().value_or(""));
    return std::to_string(status ? status->id : row["status_id"].integer().value_or(0));
}

Cursor cursor_of(const Call& call, const Sort& sort, Value row) {
    const auto value = row[sort.column];
    const auto key = sort.by_time ? value.time().value_or(guichet::Time{kNeverUs}).us : value.integer().value_or(0);
    return {std::string{sort.name}, key, row["id"].integer().value_or(0), group_of(call, sort, row)};
}

// The rows of the page; next says no more than that others follow.
Page first_rows(const Call& call, const guichet::Rows& rows, const Filter& filter) {
    const auto all = rows.value();
    Page page{call.ctx.array(), {}};
    const auto limit = static_cast<std::size_t>(filter.limit);
    for (std::size_t i = 0; i < all.size() && i < limit; ++i) page.items.push(all[i]);
    if (all.size() > limit) page.next = "more";
    return page;
}

guichet::Rows read_by_key(const Call& call, const Filter& filter, const Shape& shape, Reach reach) {
    guichet::Query query{call.ctx};
    query.sql("select ");
    shape.add_columns(query);
    query.sql(reach == Reach::all_at_once ? " from (with x as materialized (" : " from (select * from (");
    pick_by_ways(query, call, filter, reach);
    query.sql(reach == Reach::all_at_once ? ") select * from x" : ") x");
    add_order(query, *filter.sort);
    query.sql(limit_text(filter)).sql(") x join ticket t on t.id = x.id");
    shape.add_joins(query);
    add_order(query, *filter.sort);
    return query.run();
}

guichet::Rows read_by_key(const Call& call, const Filter& filter, const Shape& shape) {
    if (filter.words.size() < 2) return read_by_key(call, filter, shape, Reach::in_order);
    auto rows = read_by_key(call, filter, shape, Reach::first_ones);
    return rows.size() > static_cast<std::size_t>(filter.limit) ? rows : read_by_key(call, filter, shape, Reach::all_at_once);
}

// Another plugin's column: the tickets of the filter joined with its view. The order is kept by the place of each row.
guichet::Rows read_by_column(const Call& call, const Filter& filter, const Shape& shape) {
    const auto& order = *filter.column_order;
    guichet::Query query{call.ctx};
    query.sql("select ");
    shape.add_columns(query);
    query.sql(", x.column_key from (select y.*, row_number() over () as place from (select t.id, ");
    order.add_key(query);
    query.sql(" as column_key from ticket t");
    order.add_join(query, "t");
    query.sql(" where t.status_id = any(").arg(guichet::array_literal(filter.statuses)).sql("::bigint[]) and ");
    Access{call.ctx, kRead}.add_any(query);
    add_conditions(query, filter);
    if (filter.column_after) order.add_after(query, "t", *filter.column_after);
    order.add_order(query, "t");
    query.sql(limit_text(filter)).sql(") y) x join ticket t on t.id = x.id");
    shape.add_joins(query);
    return query.sql(" order by x.place").run();
}

guichet::Rows read(const Call& call, const Filter& filter, const Shape& shape) {
    return filter.column_order ? read_by_column(call, filter, shape) : read_by_key(call, filter, shape);
}

Page list(const Call& call, const Filter& filter, const Shape& shape) {
    auto page = first_rows(call, read(call, filter, shape), filter);
    if (page.next.empty()) return page;
    const auto last = page.items[page.items.size() - 1];
    page.next = filter.column_order ? guichet::encode(guichet::place_of(last)) : encode(cursor_of(call, *filter.sort, last));
    return page;
}

// What people see of codes. A ticket that is finished is late no more.
void add_labels(const Call& call, Value row) {
    const auto* status = call.statuses.by_id(row["status_id"].integer().value_or(0));
    const bool overdue = row["due_at"].time() && row["due_at"].time()->us < call.ctx.now().us;
    row.set("late", overdue && status && is_unfinished(status->phase));
    row.set("takeable", row["assignee_id"].is_null() && status && is_unfinished(status->phase));
    row.set("status", badge_of(call, Field::status, std::to_string(row["status_id"].integer().value_or(0))));
    for (const auto field : {Field::priority, Field::type, Field::category, Field::severity})
        row.set(info(field).name, badge_of(call, field, row[info(field).name].text().value_or("")));
}

// Custom fields as REST gives them.
Value show_fields(const Call& call, Value row) {
    return row.set("custom", guichet::visible_fields(call.ctx, kObject, guichet::kEveryAudience, row["custom"]));
}

}  // namespace

Page list_for_pages(const Call& call, const Filter& filter, const std::vector<Column>& columns) {
    auto page = list(call, filter, page_shape(columns));
    for (std::size_t i = 0; i < page.items.size(); ++i) add_labels(call, page.items[i]);
    return page;
}

Page list_for_pages(const Call& call, const Filter& filter) {
    static constexpr std::string_view kNames[] = {"account", "assignee"};
    std::vector<Column> columns;
    for (const auto& column : kColumns)
        if (std::ranges::find(kNames, column.id) != std::end(kNames)) columns.push_back({.own = &column});
    return list_for_pages(call, filter, columns);
}

Page list_for_api(const Call& call, const Filter& filter) {
    auto page = list(call, filter, api_shape());
    for (std::size_t i = 0; i < page.items.size(); ++i) show_fields(call, page.items[i]);
    return page;
}

guichet::Rows list_for_export(const Call& call, const Filter& filter, const std::vector<Column>& columns,
                              const guichet::ListColumns& others) {
    auto all = filter;
    all.limit = static_cast<int>(kMostExported);
    all.after.reset();
    all.column_after.reset();
    return read(call, all, export_shape(columns, others));
}

Value api_row(const Call& call, int64_t id) {
    guichet::Query query{call.ctx};
    query.sql("select ").sql(kApiColumns).sql(" from ticket t").sql(kApiJoins).sql(" where t.id = ").arg(id).sql(" and ");
    Access{query.ctx(), kRead}.add_any(query);
    const auto rows = query.run();
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    return show_fields(call, rows.row(0));
}

}  // namespace tickets
