#include "entry_query.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Query;
using guichet::Value;

namespace {

// Only the rows of the page are joined. A pack is over when the entries up to this one, in the order of days, are more than it has.
constexpr std::string_view kAround =
    ") select e.id, e.user_id, u.name as user_name, e.ticket_id, e.ticket_ref, e.account_id, a.name as account_name, e.contract_id,"
    " c.ref as contract_ref, e.day::text as day, e.day::timestamp at time zone z.name as day_at, e.starts_at, e.ends_at,"
    " to_char(e.starts_at at time zone z.name, 'HH24:MI') as from_time, to_char(e.ends_at at time zone z.name, 'HH24:MI') as to_time,"
    " nullif((e.ends_at at time zone z.name)::date - e.day, 0) as days_later, e.seconds,"
    " nullif(e.activity, '') as activity, e.note, e.billable, e.created_at, e.created_by, e.updated_at, e.updated_by, e.version,"
    " e.billable and exists (select from hour_pack p where p.contract_id = e.contract_id"
    "  and e.day between p.starts_on and coalesce(p.ends_on, 'infinity') and p.seconds < (select sum(b.seconds) from entry b"
    "   where b.contract_id = p.contract_id and b.billable and b.day >= p.starts_on and (b.day, b.id) <= (e.day, e.id))) as over_pack"
    " from page e cross join zone z left join core.user_v1 u on u.id = e.user_id left join directory.account_v1 a on a.id = e.account_id"
    " left join directory.contract_v1 c on c.id = e.contract_id order by e.day desc, e.id desc";

template <class T>
void add_equal(Query& query, std::string_view condition, const std::optional<T>& value) {
    if (value) query.sql(condition).arg(*value);
}

}  // namespace

void add_where(Query& query, const EntryFilter& filter, std::string_view permission) {
    query.sql(" where ");
    add_access(query, permission);
    add_equal(query, " and e.id = ", filter.id);
    add_equal(query, " and e.user_id = ", filter.user);
    add_equal(query, " and e.ticket_id = ", filter.ticket);
    add_equal(query, " and e.account_id = ", filter.account);
    add_equal(query, " and e.contract_id = ", filter.contract);
    if (!filter.activity.empty()) query.sql(" and e.activity = ").arg(filter.activity);
    if (filter.billable) query.sql(*filter.billable ? " and e.billable" : " and not e.billable");
    if (!filter.from.empty()) query.sql(" and e.day >= ").arg(filter.from).sql("::text::date");
    if (!filter.to.empty()) query.sql(" and e.day <= ").arg(filter.to).sql("::text::date");
}

bool may(Ctx ctx, int64_t id, std::string_view permission) {
    EntryFilter filter;
    filter.id = id;
    Query query{ctx};
    query.sql("select from entry e");
    add_where(query, filter, permission);
    return !query.run().empty();
}

std::string encode(const EntryCursor& cursor) { return cursor.day + '.' + std::to_string(cursor.id); }

std::optional<EntryCursor> decode(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == text.npos || !is_day(text.substr(0, dot))) return std::nullopt;
    const auto id = guichet::to_integer(text.substr(dot + 1));
    return id && *id > 0 ? std::optional{EntryCursor{std::string{text.substr(0, dot)}, *id}} : std::nullopt;
}

EntryPage list_entries(Ctx ctx, const EntryFilter& filter, int limit, const std::optional<EntryCursor>& after) {
    Query query{ctx};
    query.sql("with zone as (select ").arg(ctx.zone()).sql("::text as name), page as (select * from entry e");
    add_where(query, filter);
    if (after) query.sql(" and (e.day, e.id) < (").arg(after->day).sql("::text::date, ").arg(after->id).sql(")");
    query.sql(" order by e.day desc, e.id desc limit ").arg(limit + 1).sql(kAround);
    const auto rows = query.run();
    EntryPage page{ctx.array(), {}};
    for (std::size_t i = 0; i < rows.size() && i < static_cast<std::size_t>(limit); ++i) page.items.push(rows.row(i));
    if (rows.size() > page.items.size()) {
        const auto last = page.items[page.items.size() - 1];
        page.next = encode({std::string{last["day"].text().value_or("")}, last["id"].integer().value_or(0)});
    }
    return page;
}

Total total_of(Ctx ctx, const EntryFilter& filter) {
    Query query{ctx};
    query.sql(
        "select count(*), coalesce(sum(e.seconds), 0)::bigint, coalesce(sum(e.seconds) filter (where e.billable), 0)::bigint from entry e");
    add_where(query, filter);
    const auto rows = query.run();
    return {rows.i64(0, 0), rows.i64(0, 1), rows.i64(0, 2)};
}

}  // namespace timesheet
