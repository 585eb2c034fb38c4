#include "clock.hpp"

#include "intervention_store.hpp"
#include "record.hpp"

namespace interventions {

using guichet::Ctx;

namespace {

// No visit lasts longer: the clock was forgotten, and the line is to be corrected.
constexpr int64_t kLongest = 24 * 3600;

}  // namespace

std::optional<guichet::Time> clock_of(Ctx ctx, int64_t intervention_id) {
    const auto rows = ctx.exec("select started_at from clock where intervention_id = $1 and user_id = $2", intervention_id, ctx.user_id());
    return rows.empty() ? std::nullopt : std::optional{rows.time(0, 0)};
}

void start_clock(Ctx ctx, int64_t intervention_id) {
    guichet::Tx tx{ctx};
    lock_open(ctx, intervention_id);
    const auto started =
        ctx.exec("insert into clock (intervention_id, user_id) values ($1, $2) on conflict do nothing", intervention_id, ctx.user_id());
    if (started.affected() > 0) note(ctx, intervention_id, "started");
    tx.commit();
}

void stop_clock(Ctx ctx, int64_t intervention_id, std::string_view description) {
    guichet::Tx tx{ctx};
    lock_open(ctx, intervention_id);
    const auto rows = ctx.exec(
        "delete from clock where intervention_id = $1 and user_id = $2"
        " returning greatest(1, least($4::bigint, extract(epoch from clock_timestamp() - started_at)::bigint)), (started_at at time zone "
        "$3::text)::date::text",
        intervention_id, ctx.user_id(), ctx.zone(), kLongest);
    if (rows.empty()) throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("The clock is not running.")}};
    const auto text = description.empty() ? ctx.tr("Work") : description;
    ctx.exec(
        "insert into line (intervention_id, kind, day, description, seconds, user_id, created_by, updated_by)"
        " values ($1, 'labour', $2::text::date, $3, $4::bigint::int, $5, $5, $5)",
        intervention_id, rows.text(0, 1), text, rows.i64(0, 0), ctx.user_id());
    note(ctx, intervention_id, "stopped", hours_and_minutes(rows.i64(0, 0)));
    tx.commit();
}

}  // namespace interventions
