#include "store.hpp"

#include "refresh.hpp"
#include "scheduler.hpp"

#include <guichet/sdk/custom_fields.hpp>

namespace sla {

using guichet::Ctx;
using guichet::Error;
using guichet::Problems;

namespace {

constexpr std::size_t kLongestName = 80;

StoredCalendar calendar_of(Ctx ctx, const guichet::Rows& rows, std::size_t i) {
    return {rows.i64(i, 0), rows.i64(i, 1), std::string{rows.text(i, 2)}, guichet::parse_json(ctx, rows.text(i, 3))};
}

void check_name(Ctx ctx, std::string_view table, int64_t id, const std::string& name, Problems& problems) {
    if (name.empty()) problems.add("name", ctx.tr("Enter a name."));
    else if (guichet::count_characters(name) > kLongestName) problems.add("name", ctx.tr("Use at most 80 characters."));
    else {
        guichet::Query query{ctx};
        const auto same =
            query.sql("select 1 from ").sql(table).sql(" where lower(name) = lower(").arg(name).sql("::text) and id <> ").arg(id).run();
        if (!same.empty()) problems.add("name", ctx.tr("There is one of this name already."));
    }
}

void publish(Ctx ctx, std::string_view object, std::string_view change, int64_t id) {
    const auto data = ctx.object().set("object", object).set("change", change).set("id", id);
    ctx.after("sla.changed", 1, std::string{object} + '/' + std::to_string(id), data);
    ctx.audit(std::string{"sla."}.append(object) + '_' + std::string{change}, std::string{object} + '/' + std::to_string(id));
}

// Begins a change of what is promised, one at a time.
class Change {
public:
    explicit Change(Ctx ctx) : ctx_{ctx}, tx_{ctx} {
        ctx.exec("select pg_advisory_xact_lock(hashtextextended('sla.policies', 0))");
        PolicyBook book{ctx};
        settle(ctx, book);
    }
    void commit() {
        ask_for_recompute(ctx_);
        tx_.commit();
    }

private:
    Ctx ctx_;
    guichet::Tx tx_;
};

void keep_versions(Ctx ctx, std::string_view column, int64_t id) {
    guichet::Query query{ctx};
    query.sql(
        "insert into policy_version (policy_id, version, name, calendar, definition, by_id) select p.id, p.version, p.name, c.definition,"
        " p.definition, ");
    query.arg(ctx.user_id()).sql(" from policy p join calendar c on c.id = p.calendar_id where p.").sql(column).sql(" = ").arg(id).run();
}

[[noreturn]] void refuse_version(Ctx ctx) {
    throw Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody else has changed this in the meantime.")}, "version"};
}

std::optional<int64_t> enforced(const ServicePolicy& policy) {
    return policy.enforce_from ? std::optional{policy.enforce_from->time_since_epoch().count()} : std::nullopt;
}

}  // namespace

std::vector<StoredCalendar> load_calendars(Ctx ctx) {
    const auto rows = ctx.exec("select id, version, name, definition::text from calendar order by lower(name), id limit 500");
    std::vector<StoredCalendar> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(calendar_of(ctx, rows, i));
    return out;
}

StoredCalendar load_calendar(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec("select id, version, name, definition::text from calendar where id = $1", id);
    if (rows.empty()) throw Error{GUICHET_E_NOT_FOUND, "no such calendar"};
    return calendar_of(ctx, rows, 0);
}

void check_calendar(Ctx ctx, const StoredCalendar& calendar, const Calendar& hours, Problems& problems) {
    check_name(ctx, "calendar", calendar.id, calendar.name, problems);
    if (problems) return;
    try {
        Opening{hours}.next_open(now(ctx));
    } catch (const NeverOpen&) {
        problems.add("zone", ctx.tr("This calendar never opens within the next 400 days: give it some hours."));
    }
}

int64_t add_calendar(Ctx ctx, const StoredCalendar& calendar) {
    guichet::Tx tx{ctx};
    const auto id =
        ctx.exec("insert into calendar (name, definition, created_by, updated_by) values ($1, $2::text::jsonb, $3, $3) returning id",
                 calendar.name, guichet::to_json(ctx, calendar.definition), ctx.user_id())
            .i64(0, 0);
    publish(ctx, "calendar", "added", id);
    tx.commit();
    return id;
}

void change_calendar(Ctx ctx, const StoredCalendar& calendar) {
    Change change{ctx};
    const auto rows = ctx.exec(
        "update calendar set name = $3, definition = $4::text::jsonb, updated_at = now(), updated_by = $5, version = version + 1"
        " where id = $1 and version = $2 returning id",
        calendar.id, calendar.version, calendar.name, guichet::to_json(ctx, calendar.definition), ctx.user_id());
    if (rows.empty()) refuse_version(ctx);
    ctx.exec("update policy set version = version + 1 where calendar_id = $1", calendar.id);
    keep_versions(ctx, "calendar_id", calendar.id);
    publish(ctx, "calendar", "changed", calendar.id);
    change.commit();
}

void remove_calendar(Ctx ctx, int64_t id) {
    guichet::Tx tx{ctx};
    const auto users = ctx.exec("select name from policy where calendar_id = $1 order by position limit 1", id);
    if (!users.empty())
        throw Error{GUICHET_E_CONFLICT,
                    guichet::fill(ctx.tr("The policy %1 counts on this calendar: give it another one first."), {users.text(0, 0)})};
    if (!ctx.exec("delete from calendar where id = $1 returning id", id).empty()) publish(ctx, "calendar", "removed", id);
    tx.commit();
}

ServicePolicy load_policy(Ctx ctx, int64_t id) {
    const PolicyBook book{ctx};
    const auto* found = book.find(id);
    if (!found) throw Error{GUICHET_E_NOT_FOUND, "no such policy"};
    return *found;
}

void check_policy(Ctx ctx, const ServicePolicy& policy, Problems& problems) {
    check_name(ctx, "policy", policy.id, policy.name, problems);
    if (ctx.exec("select 1 from calendar where id = $1", policy.calendar_id).empty())
        problems.add("calendar_id", ctx.tr("Choose a calendar."));
}

int64_t add_policy(Ctx ctx, ServicePolicy policy) {
    Change change{ctx};
    const auto id =
        ctx.exec(
               "insert into policy (name, position, active, enforce_from, calendar_id, definition, created_by, updated_by) values ($1,"
               " coalesce((select max(position) from policy), 0) + 1, $2, case when $2 then coalesce(to_timestamp($3), now()) else"
               " to_timestamp($3) end, $4, $5::text::jsonb, $6, $6) returning id",
               policy.name, policy.active, enforced(policy), policy.calendar_id, guichet::to_json(ctx, definition_of(ctx, policy)),
               ctx.user_id())
            .i64(0, 0);
    keep_versions(ctx, "id", id);
    publish(ctx, "policy", "added", id);
    change.commit();
    return id;
}

void change_policy(Ctx ctx, ServicePolicy policy) {
    Change change{ctx};
    const auto rows = ctx.exec(
        "update policy set name = $3, active = $4, enforce_from = case when $4 then coalesce(to_timestamp($5), enforce_from, now()) else"
        " coalesce(to_timestamp($5), enforce_from) end, calendar_id = $6, definition = $7::text::jsonb, updated_at = now(), updated_by = "
        "$8,"
        " version = version + 1 where id = $1 and version = $2 returning id",
        policy.id, policy.version, policy.name, policy.active, enforced(policy), policy.calendar_id,
        guichet::to_json(ctx, definition_of(ctx, policy)), ctx.user_id());
    if (rows.empty()) refuse_version(ctx);
    keep_versions(ctx, "id", policy.id);
    publish(ctx, "policy", "changed", policy.id);
    change.commit();
}

void remove_policy(Ctx ctx, int64_t id) {
    Change change{ctx};
    if (!ctx.exec("delete from policy where id = $1 returning id", id).empty()) publish(ctx, "policy", "removed", id);
    change.commit();
}

void order_policies(Ctx ctx, const std::vector<int64_t>& ids) {
    Change change{ctx};
    ctx.exec(
        "update policy p set position = o.position from (select id, row_number() over (order by array_position($1::bigint[], id) nulls "
        "last, position, id)"
        " as position from policy) o where o.id = p.id and o.position <> p.position",
        guichet::array_literal(ids));
    for (const auto id : ids) publish(ctx, "policy", "changed", id);
    change.commit();
}

void move_policy(Ctx ctx, int64_t id, bool up) {
    std::vector<int64_t> ids;
    const PolicyBook book{ctx};
    for (const auto& policy : book.all()) ids.push_back(policy.id);
    const auto it = std::ranges::find(ids, id);
    if (it == ids.end()) throw Error{GUICHET_E_NOT_FOUND, "no such policy"};
    if (up ? it == ids.begin() : it + 1 == ids.end()) return;
    std::iter_swap(it, up ? it - 1 : it + 1);
    order_policies(ctx, ids);
}

}  // namespace sla
