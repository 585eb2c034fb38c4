#include "ticket_query.hpp"

#include "fields.hpp"
#include "ticket_access.hpp"

namespace tickets {

using guichet::Value;

namespace {

constexpr int kPageRows = 25;
constexpr std::size_t kMostWords = 6;
constexpr int64_t kNeverUs = 253402214400000000;  // 9999-12-31, where due dates that are not set are sorted

constexpr std::string_view kPageColumns =
    "t.id, t.number, t.ref, t.subject, t.status_id, t.priority, t.type, t.assignee_id, t.account_id, t.due_at, t.created_at, t.updated_at, "
    "a.name as account_name, u.name as assignee_name";
constexpr std::string_view kPageJoins =
    " left join directory.account_v1 a on a.id = t.account_id left join core.user_v1 u on u.id = t.assignee_id";

constexpr std::string_view kApiColumns =
    "t.id, t.number, t.ref, t.subject, t.description, s.code as status, s.phase, nullif(t.priority, '') as priority, nullif(t.type, '') as "
    "type, "
    "nullif(t.category, '') as category, nullif(t.severity, '') as severity, t.account_id, t.contact_id, t.contract_id, "
    "t.assignee_id as assignee, t.in_charge_id as in_charge, t.team_id as team, t.channel, t.tracking_id, "
    "coalesce(t.started_at, t.created_at) as started_at, t.due_at, t.progress, t.visible_to_client, to_jsonb(t.tags) as tags, t.read_at, "
    "t.read_by, "
    "t.resolved_at, t.closed_at, t.merged_into, "
    "t.created_at, t.created_by, t.updated_at, t.updated_by, t.version, t.custom";
constexpr std::string_view kApiJoins = " join status s on s.id = t.status_id";

struct Shape {
    std::string_view columns, joins;
};

std::string_view direction(const Sort& sort) { return sort.descending ? " desc" : ""; }

// Codes of the priorities in the order of the list; tickets without one come before the first.
std::vector<std::string> priorities(const Call& call) {
    std::vector<std::string> out{""};
    const auto items = call.ctx.list(info(Field::priority).list);
    for (std::size_t i = 0; i < items.size(); ++i) out.emplace_back(items[i]["code"].text().value_or(""));
    return out;
}

std::string codes_literal(const std::vector<std::string>& codes) {
    std::string out = "{";
    for (const auto& code : codes) out += (out.size() > 1 ? ",\"" : "\"") + code + '"';
    return out += '}';
}

// The index finds a word in any custom field; then the searchable ones are asked.
void add_word(guichet::Query& query, std::string_view word, const std::string& searchable) {
    query.sql(" and (t.search like pattern(").arg(word).sql("::text)");
    if (!searchable.empty()) {
        query.sql(" or (t.custom <> '{}' and t.custom_words like pattern(").arg(word).sql("::text)");
        query.sql(" and exists (select from jsonb_each_text(t.custom) f (code, value) where f.code = any(").arg(searchable);
        query.sql("::text[]) and fold(f.value) like pattern(").arg(word).sql("::text)))");
    }
    query.sql(")");
}

void add_words(guichet::Query& query, std::string_view q, const std::string& searchable) {
    for (std::size_t n = 0; !q.empty() && n < kMostWords; ++n) {
        const auto end = std::min(q.find(' '), q.size());
        add_word(query, q.substr(0, end), searchable);
        q.remove_prefix(std::min(end + 1, q.size()));
    }
}

void add_conditions(guichet::Query& query, const Filter& filter) {
    if (filter.type) query.sql(" and t.type = ").arg(*filter.type);
    if (filter.priority) query.sql(" and t.priority = ").arg(*filter.priority);
    if (filter.assignee) query.sql(" and t.assignee_id = ").arg(*filter.assignee);
    if (filter.unassigned) query.sql(" and t.assignee_id is null");
    if (filter.team) query.sql(" and t.team_id = ").arg(*filter.team);
    if (filter.account) query.sql(" and t.account_id = ").arg(*filter.account);
    if (filter.contact) query.sql(" and t.contact_id = ").arg(*filter.contact);
    if (filter.late) query.sql(" and coalesce(t.due_at, '9999-12-31 00:00:00+00') < now()");
    guichet::ListColumns::add_conditions(query, "t", filter.columns);
    for (const auto& field : filter.custom) guichet::add_field_filter(query, "t.", field);
    add_words(query, filter.q, filter.searchable);
}

void add_key(guichet::Query& query, const Sort& sort, int64_t key) {
    if (sort.by_time) query.arg(guichet::Time{key});
    else query.arg(key);
}

// Rows after the cursor. Where a priority comes first, those of its own from the key on and all of later ones.
void add_after(guichet::Query& query, const Call& call, const Filter& filter) {
    if (!filter.after) return;
    const auto& sort = *filter.sort;
    const auto compare = sort.descending ? " < (" : " > (";
    if (!sort.by_priority) {
        query.sql(" and (").sql(sort.key).sql(", t.id)").sql(compare);
        add_key(query, sort, filter.after->key);
        query.sql(", ").arg(filter.after->id).sql(")");
        return;
    }
    const auto codes = priorities(call);
    int64_t place = 0;
    while (place < static_cast<int64_t>(codes.size()) && codes[static_cast<std::size_t>(place)] != filter.after->group) ++place;
    ++place;
    query.sql(sort.by_priority > 0 ? " and p.place >= " : " and p.place <= ").arg(place);
    query.sql(" and (t.created_at, t.id) < (case when p.place = ").arg(place).sql(" then ");
    add_key(query, sort, filter.after->key);
    query.sql(" else 'infinity'::timestamptz end, ").arg(filter.after->id).sql("::bigint)");
}

// The order of the picked rows; place and key are columns of the picking statement.
void add_order(guichet::Query& query, const Sort& sort) {
    query.sql(" order by ");
    if (sort.by_priority) query.sql(sort.by_priority > 0 ? "x.place, " : "x.place desc, ");
    query.sql("x.key").sql(direction(sort)).sql(", x.id").sql(direction(sort));
}

// A limit written out lets PostgreSQL plan for few rows; two of them keep the statements few.
std::string_view limit_text(const Filter& filter) { return filter.limit <= kPageRows ? " limit 26" : " limit 201"; }

void add_priority_source(guichet::Query& query, const Call& call) {
    query.sql("unnest(").arg(codes_literal(priorities(call))).sql("::text[]) with ordinality p(code, place)");
}

// Each status (and priority) gives its first rows from an index that is in the wanted order; the best of these
// are the page.
void pick_by_status(guichet::Query& query, const Call& call, const Filter& filter, const Access& access, std::size_t way) {
    const auto& sort = *filter.sort;
    query.sql("select y.id, y.key").sql(sort.by_priority ? ", p.place" : "").sql(" from ");
    if (sort.by_priority) {
        add_priority_source(query, call);
        query.sql(" cross join ");
    }
    query.sql("unnest(")
        .arg(guichet::array_literal(filter.statuses))
        .sql("::bigint[]) s(id) cross join lateral (select t.id, ")
        .sql(sort.key);
    query.sql(" as key from ticket t where t.status_id = s.id").sql(sort.by_priority ? " and t.priority = p.code" : "");
    add_conditions(query, filter);
    add_after(query, call, filter);
    query.sql(" and ");
    access.add_way(query, way);
    query.sql(" order by ").sql(sort.key).sql(direction(sort)).sql(", t.id").sql(direction(sort)).sql(limit_text(filter)).sql(") y");
}

// A ticket may be found in several ways and is shown once.
void pick_by_ways(guichet::Query& query, const Call& call, const Filter& filter) {
    const Access access{call.ctx, kRead};
    if (access.ways() == 0) query.sql("select t.id, ").sql(filter.sort->key).sql(" as key, 0 as place from ticket t where false");
    for (std::size_t way = 0; way < access.ways(); ++way) {
        query.sql(way ? " union " : "");
        pick_by_status(query, call, filter, access, way);
    }
}

// Words are found by their own index, whatever the status.
void pick_by_words(guichet::Query& query, const Call& call, const Filter& filter) {
    const auto& sort = *filter.sort;
    query.sql("select t.id, ").sql(sort.key).sql(" as key").sql(sort.by_priority ? ", p.place" : "").sql(" from ticket t");
    if (sort.by_priority) {
        query.sql(" join ");
        add_priority_source(query, call);
        query.sql(" on p.code = t.priority");
    }
    query.sql(" where t.status_id = any(").arg(guichet::array_literal(filter.statuses)).sql("::bigint[]) and ");
    Access{call.ctx, kRead}.add_any(query);
    add_conditions(query, filter);
    add_after(query, call, filter);
}

Cursor cursor_of(const Sort& sort, Value row) {
    const auto value = row[sort.column];
    const auto key = sort.by_time ? value.time().value_or(guichet::Time{kNeverUs}).us : value.integer().value_or(0);
    const auto group = sort.by_priority ? row["priority"].text().value_or("") : std::string_view{};
    return {std::string{sort.name}, key, row["id"].integer().value_or(0), std::string{group}};
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

Page list(const Call& call, const Filter& filter, const Shape& shape) {
    const auto& sort = *filter.sort;
    guichet::Query query{call.ctx};
    query.sql("select ").sql(shape.columns).sql(" from (select * from (");
    if (filter.q.empty()) pick_by_ways(query, call, filter);
    else pick_by_words(query, call, filter);
    query.sql(") x");
    add_order(query, sort);
    query.sql(limit_text(filter)).sql(") x join ticket t on t.id = x.id").sql(shape.joins);
    add_order(query, sort);
    auto page = first_rows(call, query.run(), filter);
    if (!page.next.empty()) page.next = encode(cursor_of(sort, page.items[page.items.size() - 1]));
    return page;
}

// Another plugin's column: the tickets of the filter joined with its view. The order is kept by the place of each row.
Page list_by_column(const Call& call, const Filter& filter, const Shape& shape) {
    const auto& order = *filter.column_order;
    guichet::Query query{call.ctx};
    query.sql("select ").sql(shape.columns).sql(", x.column_key from (select y.*, row_number() over () as place from (select t.id, ");
    order.add_key(query);
    query.sql(" as column_key from ticket t");
    order.add_join(query, "t");
    query.sql(" where t.status_id = any(").arg(guichet::array_literal(filter.statuses)).sql("::bigint[]) and ");
    Access{call.ctx, kRead}.add_any(query);
    add_conditions(query, filter);
    if (filter.column_after) order.add_after(query, "t", *filter.column_after);
    order.add_order(query, "t");
    query.sql(limit_text(filter)).sql(") y) x join ticket t on t.id = x.id").sql(shape.joins).sql(" order by x.place");
    auto page = first_rows(call, query.run(), filter);
    if (!page.next.empty()) page.next = guichet::encode(guichet::place_of(page.items[page.items.size() - 1]));
    return page;
}

// Custom fields as REST gives them.
Value show_fields(const Call& call, Value row) {
    return row.set("custom", guichet::visible_fields(call.ctx, kObject, guichet::kEveryAudience, row["custom"]));
}

}  // namespace

Page list_for_pages(const Call& call, const Filter& filter) {
    auto page = filter.column_order ? list_by_column(call, filter, {kPageColumns, kPageJoins}) : list(call, filter, {kPageColumns, kPageJoins});
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        auto row = page.items[i];
        row.set("status", badge_of(call, Field::status, std::to_string(row["status_id"].integer().value_or(0))));
        row.set("priority", badge_of(call, Field::priority, row["priority"].text().value_or("")));
        row.set("type", badge_of(call, Field::type, row["type"].text().value_or("")));
        row.set("late", row["due_at"].time() && row["due_at"].time()->us < call.ctx.now().us);
    }
    return page;
}

Page list_for_api(const Call& call, const Filter& filter) {
    auto page = list(call, filter, {kApiColumns, kApiJoins});
    for (std::size_t i = 0; i < page.items.size(); ++i) show_fields(call, page.items[i]);
    return page;
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
