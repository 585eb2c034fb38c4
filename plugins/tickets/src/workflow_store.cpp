#include "workflow_store.hpp"

#include "fields.hpp"

#include <algorithm>

namespace tickets {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColors[] = {"blue",   "azure", "indigo", "purple", "pink", "red",      "orange",
                                        "yellow", "lime",  "green",  "teal",   "cyan", "secondary"};
constexpr std::string_view kNeeded[] = {"new", "open", "closed"};
constexpr std::size_t kLongestLabel = 80;

[[noreturn]] void refuse(Ctx ctx, std::string_view msgid, std::string_view field = {}) {
    throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr(msgid)}, std::string{field}};
}

bool is_code(std::string_view code) {
    const auto part = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    return !code.empty() && code.size() <= 40 && code[0] >= 'A' && code[0] <= 'Z' && std::ranges::all_of(code, part);
}

std::string labels_json(Ctx ctx, std::string_view fr, std::string_view en) {
    return std::string{guichet::to_json(ctx, ctx.object().set("fr", fr).set("en", en.empty() ? fr : en))};
}

// Who changes the workflow waits for who is at it.
void lock(Ctx ctx) { ctx.exec("select from workflow for update"); }

void require_needed_phases(Ctx ctx) {
    const auto rows = ctx.exec("select distinct phase from status where active");
    for (const auto phase : kNeeded) {
        bool there = false;
        for (std::size_t i = 0; i < rows.size(); ++i) there = there || rows.text(i, 0) == phase;
        if (!there) refuse(ctx, "At least one active status must be new, one in progress and one closed.", "phase");
    }
}

void require_found(const guichet::Rows& rows) {
    if (rows.affected() == 0) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such status"};
}

template <class Change>
void change_workflow(Ctx ctx, std::string_view what, Change change) {
    guichet::Tx tx{ctx};
    lock(ctx);
    change();
    require_needed_phases(ctx);
    ctx.audit("tickets.workflow_changed", "workflow", ctx.object().set("change", what));
    tx.commit();
}

void store_preset_status(Ctx ctx, const PresetStatus& status, int64_t position) {
    ctx.exec(
        "insert into status (code, labels, phase, color, pauses, position) values ($1, $2::jsonb, $3, $4, $5, $6::int)"
        " on conflict (code) do update set labels = excluded.labels, phase = excluded.phase, color = excluded.color,"
        " pauses = excluded.pauses, position = excluded.position, active = true",
        status.code, labels_json(ctx, status.fr, status.en), status.phase, status.color, status.phase == "waiting", position);
}

// The tickets of one status go to another one.
void move_tickets(Ctx ctx, int64_t from, std::string_view to_code, std::string_view to_phase) {
    ctx.exec(
        "with target as (select id from status where code = $2), moved as (update ticket t set status_id = target.id, version = t.version "
        "+ 1,"
        " resolved_at = case when $3 then coalesce(t.resolved_at, now()) end, closed_at = case when $4 then coalesce(t.closed_at, now()) "
        "end"
        " from target where t.status_id = $1 returning t.id, t.version, target.id as to_id)"
        " insert into change (ticket_id, version, by_id, field, from_value, to_value)"
        " select id, version, $5::bigint, 'status', $1::text, to_id::text from moved",
        from, to_code, is_solved(to_phase), is_ended(to_phase), ctx.user_id() > 0 ? std::optional{ctx.user_id()} : std::nullopt);
}

void retire_others(Ctx ctx, const Preset& preset) {
    std::vector<std::string> kept;
    for (const auto& status : preset.statuses) kept.emplace_back(status.code);
    const auto codes = guichet::array_literal(kept);
    const auto others = ctx.exec("select id, phase, code from status where code <> all($1::text[])", codes);
    for (std::size_t i = 0; i < others.size(); ++i) {
        const auto& next = successor(preset, others.text(i, 2), others.text(i, 1));
        move_tickets(ctx, others.i64(i, 0), next.code, next.phase);
    }
    ctx.exec("update status set active = false, position = position + 1000 where code <> all($1::text[])", codes);
    ctx.exec(
        "delete from status s where s.code <> all($1::text[]) and not exists (select from change c where c.field = 'status'"
        " and s.id::text in (c.from_value, c.to_value))",
        codes);
}

void store_transitions(Ctx ctx, const Preset& preset) {
    ctx.exec("delete from transition");
    for (const auto& [from, to] : preset.transitions)
        ctx.exec("insert into transition select f.id, t.id from status f, status t where f.code = $1 and t.code = $2", from, to);
}

}  // namespace

Value read_statuses(Ctx ctx) {
    auto rows = ctx.exec(
                       "select s.id, s.code, s.labels, s.phase, s.color, s.position, s.active, s.pauses,"
                       " (select count(*) from ticket t where t.status_id = s.id) as tickets from status s order by s.position, s.id")
                    .value();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        row.set("label", row["labels"][ctx.language()].text().value_or(row["code"].text().value_or("")));
    }
    return rows;
}

void check_status(Ctx ctx, const StatusInput& input, guichet::Problems& problems) {
    if (!is_code(input.code)) problems.add("code", ctx.tr("Use capitals, digits and _, beginning with a letter; at most 40."));
    if (input.fr.empty() || guichet::count_characters(input.fr) > kLongestLabel)
        problems.add("fr", ctx.tr("Give a name of at most 80 characters."));
    if (guichet::count_characters(input.en) > kLongestLabel) problems.add("en", ctx.tr("Give a name of at most 80 characters."));
    if (!is_phase(input.phase)) problems.add("phase", ctx.tr("Choose one of the list."));
    if (std::ranges::find(kColors, input.color) == std::end(kColors)) problems.add("color", ctx.tr("Choose one of the list."));
}

void add_status(Ctx ctx, const StatusInput& input) {
    change_workflow(ctx, "added", [&] {
        const auto added = ctx.exec(
            "insert into status (code, labels, phase, color, pauses, position) select $1::text, $2::jsonb, $3::text, $4::text, $5::boolean,"
            " coalesce(max(position), 0) + 1 from status where active on conflict (code) do nothing",
            input.code, labels_json(ctx, input.fr, input.en), input.phase, input.color, input.pauses);
        if (added.affected() == 0) refuse(ctx, "There is a status of this code.", "code");
    });
}

void edit_status(Ctx ctx, int64_t id, const StatusInput& input) {
    change_workflow(ctx, "edited", [&] {
        if (!ctx.exec("select from status where code = $2 and id <> $1", id, input.code).empty())
            refuse(ctx, "There is a status of this code.", "code");
        if (!ctx.exec("select from status s where s.id = $1 and s.phase <> $2 and exists (select from ticket t where t.status_id = s.id)",
                      id, input.phase)
                 .empty())
            refuse(ctx, "Tickets have this status: its phase stays as it is.", "phase");
        require_found(ctx.exec("update status set code = $2, labels = $3::jsonb, phase = $4, color = $5, pauses = $6 where id = $1", id,
                               input.code, labels_json(ctx, input.fr, input.en), input.phase, input.color, input.pauses));
    });
}

void activate_status(Ctx ctx, int64_t id, bool active) {
    change_workflow(ctx, active ? "activated" : "deactivated",
                    [&] { require_found(ctx.exec("update status set active = $2 where id = $1", id, active)); });
}

void delete_status(Ctx ctx, int64_t id) {
    change_workflow(ctx, "deleted", [&] {
        if (!ctx.exec("select from ticket where status_id = $1 limit 1", id).empty() ||
            !ctx.exec("select from change where field = 'status' and $1::text in (from_value, to_value) limit 1", std::to_string(id))
                 .empty())
            refuse(ctx, "Tickets have or had this status. Deactivate it: it is then no longer offered.");
        require_found(ctx.exec("delete from status where id = $1", id));
    });
}

void order_statuses(Ctx ctx, const std::vector<int64_t>& ids) {
    change_workflow(ctx, "ordered", [&] {
        ctx.exec(
            "update status s set position = o.place from (select id, row_number() over (order by array_position($1::bigint[], id), "
            "position, id) as place"
            " from status) o where o.id = s.id",
            guichet::array_literal(ids));
    });
}

void move_status(Ctx ctx, int64_t id, int steps) {
    std::vector<int64_t> ids;
    const auto rows = ctx.exec("select id from status order by position, id");
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.i64(i, 0));
    const auto here = std::ranges::find(ids, id);
    if (here == ids.end()) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such status"};
    const auto there = (here - ids.begin()) + steps;
    if (there < 0 || there >= static_cast<std::ptrdiff_t>(ids.size())) return;
    std::iter_swap(here, ids.begin() + there);
    order_statuses(ctx, ids);
}

void set_transitions(Ctx ctx, const std::vector<std::pair<int64_t, int64_t>>& allowed) {
    change_workflow(ctx, "transitions", [&] {
        ctx.exec("delete from transition");
        for (const auto& [from, to] : allowed)
            ctx.exec(
                "insert into transition select f.id, t.id from status f, status t where f.id = $1 and t.id = $2 and f.id <> t.id on "
                "conflict do nothing",
                from, to);
    });
}

std::string applied_preset(Ctx ctx) {
    const auto rows = ctx.exec("select preset from workflow");
    return rows.empty() ? std::string{} : std::string{rows.text(0, 0)};
}

void apply_preset(Ctx ctx, const Preset& preset) {
    guichet::Tx tx{ctx};
    lock(ctx);
    int64_t position = 0;
    for (const auto& status : preset.statuses) store_preset_status(ctx, status, ++position);
    retire_others(ctx, preset);
    store_transitions(ctx, preset);
    ctx.exec("update workflow set preset = $1", preset.name);
    ctx.audit("tickets.workflow_applied", "workflow/" + std::string{preset.name});
    tx.commit();
}

}  // namespace tickets
