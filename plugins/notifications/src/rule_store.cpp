#include "rule_store.hpp"

namespace notifications {
namespace {

void audit(guichet::Ctx ctx, int64_t id, std::string_view change) {
    ctx.audit("notifications.rule_changed", "rule/" + std::to_string(id), ctx.object().set("change", change));
}

void store_parts(guichet::Ctx ctx, int64_t id, const Rule& rule) {
    for (const auto& [field, values] : rule.conditions)
        ctx.exec(
            "insert into rule_condition (rule_id, field, value) select $1, $2, value from unnest($3::text[]) value on conflict do nothing",
            id, field, guichet::array_literal(values));
    int64_t position = 0;
    for (const auto& r : rule.recipients)
        ctx.exec(
            "insert into rule_recipient (rule_id, position, kind, user_id, team_id, address) values ($1, $2, $3, $4, $5, nullif($6, ''))",
            id, ++position, r.kind, r.user, r.team, r.address);
}

}  // namespace

Rule read_rule(guichet::Ctx ctx, int64_t id) {
    for (auto& rule : read_rules(ctx))
        if (rule.id == id) return std::move(rule);
    throw guichet::Error{GUICHET_E_NOT_FOUND, "no such rule"};
}

int64_t add_rule(guichet::Ctx ctx, const Rule& rule) {
    guichet::Tx tx{ctx};
    const auto id = ctx.exec(
                           "insert into rule (event, position, first_only, active, created_by, updated_by)"
                           " values ($1, (select coalesce(max(position), 0) + 1 from rule), $2, $3, $4, $4) returning id",
                           rule.event, rule.first_only, rule.active, ctx.user_id())
                        .i64(0, 0);
    store_parts(ctx, id, rule);
    audit(ctx, id, "added");
    tx.commit();
    return id;
}

void change_rule(guichet::Ctx ctx, const Rule& rule) {
    guichet::Tx tx{ctx};
    const auto changed = ctx.exec(
        "update rule set event = $3, first_only = $4, active = $5, updated_at = now(), updated_by = $6,"
        " version = version + 1 where id = $1 and version = $2",
        rule.id, rule.version, rule.event, rule.first_only, rule.active, ctx.user_id());
    if (changed.affected() == 0)
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("Somebody has changed this rule meanwhile. Look at it again.")}};
    ctx.exec("delete from rule_condition where rule_id = $1", rule.id);
    ctx.exec("delete from rule_recipient where rule_id = $1", rule.id);
    store_parts(ctx, rule.id, rule);
    audit(ctx, rule.id, "changed");
    tx.commit();
}

void activate_rule(guichet::Ctx ctx, int64_t id, bool active) {
    guichet::Tx tx{ctx};
    const auto changed = ctx.exec(
        "update rule set active = $2, updated_at = now(), updated_by = $3, version = version + 1"
        " where id = $1 and active <> $2",
        id, active, ctx.user_id());
    if (changed.affected() > 0) audit(ctx, id, active ? "switched on" : "switched off");
    tx.commit();
}

void shift_rule(guichet::Ctx ctx, int64_t id, bool up) {
    guichet::Tx tx{ctx};
    ctx.exec(
        "with numbered as (select id, row_number() over (order by position, id) as place from rule),"
        " mine as (select place from numbered where id = $1),"
        " neighbour as (select n.id, n.place from numbered n, mine m where n.place = m.place + $2)"
        " update rule r set position = case when r.id = $1 and exists (select from neighbour) then n.place + $2"
        " when r.id = (select id from neighbour) then n.place - $2 else n.place end from numbered n where n.id = r.id",
        id, up ? -1 : 1);
    audit(ctx, id, "moved");
    tx.commit();
}

void remove_rule(guichet::Ctx ctx, int64_t id) {
    guichet::Tx tx{ctx};
    if (ctx.exec("delete from rule where id = $1", id).affected() > 0) audit(ctx, id, "deleted");
    tx.commit();
}

}  // namespace notifications
