#include "event_store.hpp"

#include "access.hpp"
#include "event_events.hpp"
#include "invitation.hpp"
#include "reminder.hpp"
#include "rule.hpp"

namespace calendar {

using guichet::Query;
using guichet::Rows;
using guichet::Time;

namespace {

// Microseconds since 1970, joined by commas.
constexpr std::string_view kReplaced =
    ", (select string_agg((extract(epoch from o.recurs_at) * 1000000)::bigint::text, ',') from event o where o.series_id = e.id) as "
    "replaced";
constexpr std::string_view kExcluded =
    ", (select string_agg((extract(epoch from x) * 1000000)::bigint::text, ',') from unnest(e.excluded) x) as excluded";

enum Column {
    id,
    uid,
    series_id,
    recurs_at,
    sequence,
    version,
    starts,
    ends,
    zone,
    whole_day,
    is_private,
    rule,
    owner_id,
    owner,
    title,
    type,
    place,
    description,
    reminder,
    ticket,
    account,
    contact,
    details,
    may_update,
    may_delete,
    excluded,
    replaced,
    updated
};

// Details of a private event that is not the user's leave the database as nulls.
void add_select(Query& query) {
    query.sql(
        "select e.id, e.uid, e.series_id, e.recurs_at, e.sequence, e.version, e.starts_at, e.ends_at, e.zone, e.whole_day, e.private,"
        " e.rule, e.owner_id, coalesce(u.name, '') as owner");
    for (const auto column : {"title", "type", "place", "description", "reminder_minutes", "ticket_id", "account_id", "contact_id"})
        query.sql(", case when v.details then e.").sql(column).sql(" end");
    query.sql(", v.details, v.details and ");
    add_permitted(query, kUpdate);
    query.sql(", v.details and ");
    add_permitted(query, kDelete);
    query.sql(kExcluded).sql(kReplaced).sql(
        ", e.updated_at from event e left join core.user_v1 u on u.id = e.owner_id cross join lateral (select ");
    add_details(query);
    query.sql(" as details) v where ");
    add_permitted(query, kRead);
}

std::vector<Time> times(std::string_view text) {
    std::vector<Time> out;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        if (const auto us = guichet::to_integer(text.substr(0, end))) out.push_back({*us});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::string text_of(const Rows& rows, std::size_t i, std::size_t column) { return std::string{rows.maybe_text(i, column).value_or("")}; }

Event event_of(const Rows& r, std::size_t i) {
    Event out;
    out.id = r.i64(i, id);
    out.uid = r.text(i, uid);
    out.series_id = r.maybe_i64(i, series_id);
    if (!r.is_null(i, recurs_at)) out.recurs_at = r.time(i, recurs_at);
    out.sequence = r.i64(i, sequence);
    out.version = r.i64(i, version);
    out.entry.starts = r.time(i, starts);
    out.entry.ends = r.time(i, ends);
    out.entry.zone = r.text(i, zone);
    out.entry.whole_day = r.boolean(i, whole_day);
    out.entry.is_private = r.boolean(i, is_private);
    out.entry.rule = text_of(r, i, rule);
    out.entry.owner_id = r.i64(i, owner_id);
    out.owner = r.text(i, owner);
    out.entry.title = text_of(r, i, title);
    out.entry.type = text_of(r, i, type);
    out.entry.place = text_of(r, i, place);
    out.entry.description = text_of(r, i, description);
    out.entry.reminder_minutes = r.maybe_i64(i, reminder);
    out.entry.ticket_id = r.maybe_i64(i, ticket);
    out.entry.account_id = r.maybe_i64(i, account);
    out.entry.contact_id = r.maybe_i64(i, contact);
    out.details = r.boolean(i, details);
    out.may_update = r.boolean(i, may_update);
    out.may_delete = r.boolean(i, may_delete);
    out.excluded = times(r.maybe_text(i, excluded).value_or(""));
    out.replaced = times(r.maybe_text(i, replaced).value_or(""));
    out.updated = r.time(i, updated);
    return out;
}

Event read(guichet::Ctx ctx, int64_t event, std::string_view lock) {
    Query query{ctx};
    add_select(query);
    const auto rows = query.sql(" and e.id = ").arg(event).sql(lock).run();
    if (rows.empty()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such event"};
    return event_of(rows, 0);
}

std::vector<Event> all(const Rows& rows) {
    std::vector<Event> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(event_of(rows, i));
    return out;
}

// Null: it never ends.
std::optional<Time> busy_until(const Entry& entry) {
    if (entry.rule.empty()) return entry.ends;
    const auto zone = Zone::of(entry.zone);
    const Rule rule{entry.rule, zone.local(entry.starts), zone};
    const auto last = rule.last();
    return last ? std::optional{Time{zone.instant(*last).us + entry.ends.us - entry.starts.us}} : std::nullopt;
}

std::optional<int64_t> author(guichet::Ctx ctx) { return ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt; }

std::string literal(const std::vector<Time>& values) {
    std::string out = "{";
    for (const auto at : values) out += (out.size() > 1 ? "," : "") + format_utc(at);
    return out + "}";
}

std::optional<std::string_view> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{std::string_view{text}};
}

// The columns that people say something about.
struct Written {
    std::string_view name;
    void (*add)(Query& query, const Entry& entry);
};
constexpr Written kWritten[] = {
    {"title", [](Query& q, const Entry& e) { q.arg(e.title).sql("::text"); }},
    {"type", [](Query& q, const Entry& e) { q.arg(or_null(e.type)).sql("::text"); }},
    {"starts_at", [](Query& q, const Entry& e) { q.arg(e.starts).sql("::timestamptz"); }},
    {"ends_at", [](Query& q, const Entry& e) { q.arg(e.ends).sql("::timestamptz"); }},
    {"zone", [](Query& q, const Entry& e) { q.arg(e.zone).sql("::text"); }},
    {"whole_day", [](Query& q, const Entry& e) { q.arg(e.whole_day).sql("::boolean"); }},
    {"place", [](Query& q, const Entry& e) { q.arg(e.place).sql("::text"); }},
    {"description", [](Query& q, const Entry& e) { q.arg(e.description).sql("::text"); }},
    {"owner_id", [](Query& q, const Entry& e) { q.arg(e.owner_id).sql("::bigint"); }},
    {"private", [](Query& q, const Entry& e) { q.arg(e.is_private).sql("::boolean"); }},
    {"ticket_id", [](Query& q, const Entry& e) { q.arg(e.ticket_id).sql("::bigint"); }},
    {"account_id", [](Query& q, const Entry& e) { q.arg(e.account_id).sql("::bigint"); }},
    {"contact_id", [](Query& q, const Entry& e) { q.arg(e.contact_id).sql("::bigint"); }},
    {"rule", [](Query& q, const Entry& e) { q.arg(or_null(e.rule)).sql("::text"); }},
    {"reminder_minutes", [](Query& q, const Entry& e) { q.arg(e.reminder_minutes).sql("::int"); }},
    {"busy_until", [](Query& q, const Entry& e) { q.sql("coalesce(").arg(busy_until(e)).sql("::timestamptz, 'infinity')"); }},
};

// What was answered for another time is no answer for this one.
bool moves(const Entry& from, const Entry& to) {
    return from.starts.us != to.starts.us || from.ends.us != to.ends.us || from.rule != to.rule;
}

// Who is invited is told of what counts with a higher number (RFC 5546, 2.1.4).
bool counts(const Entry& from, const Entry& to) { return moves(from, to) || from.place != to.place || from.title != to.title; }

}  // namespace

std::string path_of(int64_t event) { return "/calendar/" + std::to_string(event); }

Event load(guichet::Ctx ctx, int64_t event) { return read(ctx, event, ""); }
Event load_for_update(guichet::Ctx ctx, int64_t event) { return read(ctx, event, " for update of e"); }

namespace {

constexpr int64_t kMostSeries = 2000;

Query window_query(guichet::Ctx ctx, Window window, const Filter& filter) {
    Query query{ctx};
    add_select(query);
    query.sql(" and tstzrange(e.starts_at, e.busy_until, '[]') && tstzrange(").arg(window.from).sql(", ").arg(window.to).sql(")");
    add_filter(query, filter);
    return query;
}

}  // namespace

std::vector<Event> load_window(guichet::Ctx ctx, Window window, const Filter& filter, std::size_t most, std::optional<Key> after) {
    constexpr std::string_view kOrder = " order by e.starts_at, e.id limit ";
    auto out = all(window_query(ctx, window, filter).sql(" and e.rule is not null").sql(kOrder).arg(kMostSeries).run());
    auto once = window_query(ctx, window, filter);
    once.sql(" and e.rule is null");
    if (after) once.sql(" and (e.starts_at, e.id) > (").arg(Time{after->first}).sql(", ").arg(after->second).sql(")");
    for (auto& event : all(once.sql(kOrder).arg(most).run())) out.push_back(std::move(event));
    return out;
}

std::vector<Event> load_overrides(guichet::Ctx ctx, const std::vector<int64_t>& series) {
    Query query{ctx};
    add_select(query);
    return all(query.sql(" and e.series_id = any(").arg(guichet::array_literal(series)).sql("::bigint[]) order by e.recurs_at").run());
}

void require_update(const Event& event) {
    if (!event.may_update) throw guichet::Error{GUICHET_E_DENIED, "no permission to change this event"};
}
void require_delete(const Event& event) {
    if (!event.may_delete) throw guichet::Error{GUICHET_E_DENIED, "no permission to delete this event"};
}
void require_version(guichet::Ctx ctx, const Event& event, int64_t version) {
    if (event.version == version) return;
    throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this event in the meantime.")}, "version"};
}

int64_t insert(guichet::Ctx ctx, const NewEvent& event) {
    Query query{ctx};
    query.sql("insert into event (uid, series_id, recurs_at, sequence, excluded, created_by, updated_by");
    for (const auto& column : kWritten) query.sql(", ").sql(column.name);
    query.sql(") values (coalesce(nullif(").arg(event.uid).sql("::text, ''), gen_random_uuid()::text), ").arg(event.series_id);
    query.sql("::bigint, ").arg(event.recurs_at).sql("::timestamptz, ").arg(event.sequence).sql("::int, ").arg(literal(event.excluded));
    query.sql("::timestamptz[], ").arg(author(ctx)).sql("::bigint, ").arg(author(ctx)).sql("::bigint");
    for (const auto& column : kWritten) column.add(query.sql(", "), event.entry);
    const auto made = query.sql(") returning id").run().i64(0, 0);
    plan_reminder(ctx, made);
    expect_invitations(ctx, made);
    changed(ctx, made, "created");
    return made;
}

void update(guichet::Ctx ctx, const Event& event, const Entry& entry) {
    Query query{ctx};
    query.sql("update event set version = version + 1, updated_at = now(), updated_by = ")
        .arg(author(ctx))
        .sql("::bigint, sequence = sequence + ");
    query.arg(int64_t{counts(event.entry, entry)}).sql("::int");
    for (const auto& column : kWritten) column.add(query.sql(", ").sql(column.name).sql(" = "), entry);
    query.sql(" where id = ").arg(event.id).run();
    if (moves(event.entry, entry)) ctx.exec("update attendee set answer = 'needs-action' where event_id = $1", event.id);
    plan_reminder(ctx, event.id);
    expect_invitations(ctx, event.id);
    changed(ctx, event.id, "updated");
}

void set_excluded(guichet::Ctx ctx, const Event& event, const std::vector<Time>& excluded) {
    ctx.exec(
        "update event set excluded = $2::timestamptz[], version = version + 1, sequence = sequence + 1, updated_at = now(), updated_by = $3"
        " where id = $1",
        event.id, literal(excluded), author(ctx));
    plan_reminder(ctx, event.id);
    expect_invitations(ctx, event.id);
    changed(ctx, event.id, "updated");
}

void remove(guichet::Ctx ctx, const Event& event) {
    changed(ctx, event.id, "deleted");
    if (!event.series_id) cancel_for_all(ctx, event);
    ctx.exec("delete from event where id = $1", event.id);
}

}  // namespace calendar
