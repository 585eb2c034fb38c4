#include "stopwatch_store.hpp"

#include "changed.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Query;
using guichet::Time;

namespace {

constexpr std::string_view kSelect =
    "select s.id, s.ticket_id, s.ticket_ref, s.account_id, s.contract_id, s.started_at, s.stopped_at,"
    " floor(extract(epoch from greatest(coalesce(s.stopped_at, clock_timestamp()) - s.started_at, '0')))::bigint, s.automatic"
    " from stopwatch s where s.user_id = ";

Stopwatch read(const guichet::Rows& rows, std::size_t i) {
    Stopwatch out;
    out.id = rows.i64(i, 0);
    out.on = {rows.i64(i, 1), std::string{rows.text(i, 2)}, {}, rows.maybe_i64(i, 3), rows.maybe_i64(i, 4)};
    out.started = rows.time(i, 5);
    if (!rows.is_null(i, 6)) out.stopped = rows.time(i, 6);
    out.seconds = rows.i64(i, 7);
    out.automatic = rows.boolean(i, 8);
    return out;
}

Query own(Ctx ctx) {
    Query query{ctx};
    query.sql(kSelect).arg(ctx.user_id());
    return query;
}

std::optional<Stopwatch> first_of(const Query& query) {
    const auto rows = query.run();
    return rows.empty() ? std::nullopt : std::optional{read(rows, 0)};
}

void tell(Ctx ctx, std::string_view change, const Stopwatch& stopwatch) {
    publish(ctx, {"stopwatch", change, stopwatch.id, stopwatch.on.ticket, stopwatch.on.contract, ctx.user_id(), std::nullopt});
}

}  // namespace

std::vector<Stopwatch> own_stopwatches(Ctx ctx) {
    std::vector<Stopwatch> out;
    const auto rows = own(ctx).sql(" order by s.stopped_at is not null, s.id desc limit 200").run();
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read(rows, i));
    return out;
}

int64_t count_own_stopwatches(Ctx ctx) { return ctx.exec("select count(*) from stopwatch where user_id = $1", ctx.user_id()).i64(0, 0); }

std::optional<Stopwatch> find_stopwatch(Ctx ctx, int64_t id) { return first_of(own(ctx).sql(" and s.id = ").arg(id)); }

std::optional<Stopwatch> stopwatch_of(Ctx ctx, int64_t ticket) {
    return first_of(own(ctx).sql(" and s.ticket_id = ").arg(ticket).sql(" order by s.stopped_at is not null, s.id desc limit 1"));
}

Started start_stopwatch(Ctx ctx, const Booking& on, bool automatic) {
    const bool only_one = Settings{ctx}.one_per_user;
    guichet::Tx tx{ctx};
    ctx.exec("select queue_for($1)", ctx.user_id());
    // Those that run since the setting was another one count, too; beyond that the unique indexes decide.
    const auto made = ctx.exec(
        "insert into stopwatch (user_id, ticket_id, ticket_ref, account_id, contract_id, only_one, automatic) select $1, $2, $3, $4, $5, "
        "$6, $7"
        " where not $6 or not exists (select from stopwatch where user_id = $1 and stopped_at is null) on conflict do nothing returning id",
        ctx.user_id(), on.ticket, on.ref, on.account, on.contract, only_one, automatic);
    if (made.empty()) {
        auto query = own(ctx).sql(" and s.stopped_at is null and (s.ticket_id = ").arg(on.ticket).sql(" or ").arg(only_one);
        const auto running = first_of(query.sql(") order by s.ticket_id = ").arg(on.ticket).sql(" desc, s.id desc limit 1"));
        if (running) return {*running, false};
        throw guichet::Error{GUICHET_E_CONFLICT, std::string{ctx.tr("The stopwatch was not started. Try again.")}};
    }
    const auto stopwatch = find_stopwatch(ctx, made.i64(0, 0)).value();
    tell(ctx, "added", stopwatch);
    tx.commit();
    return {stopwatch, true};
}

void stop_stopwatch(Ctx ctx, const Stopwatch& stopwatch) {
    guichet::Tx tx{ctx};
    ctx.exec("select queue_for($1)", ctx.user_id());
    const auto rows = ctx.exec(
        "update stopwatch set stopped_at = greatest(started_at, date_trunc('second', now())) where id = $1 and user_id = $2"
        " and stopped_at is null returning id",
        stopwatch.id, ctx.user_id());
    if (!rows.empty()) tell(ctx, "changed", stopwatch);
    tx.commit();
}

std::string obstacle_to_record(Ctx ctx, Stopwatch& stopwatch) {
    const Settings settings{ctx};
    if (!stopwatch.on.contract && settings.contract_required)
        if (const auto now = find_booking(ctx, stopwatch.on.ticket)) stopwatch.on = *now;
    return obstacle(ctx, settings, stopwatch.on);
}

int64_t record_stopwatch(Ctx ctx, const Stopwatch& stopwatch, const Work& work) {
    guichet::Tx tx{ctx};
    ctx.exec("select queue_for($1)", ctx.user_id());
    if (ctx.exec("delete from stopwatch where id = $1 and user_id = $2 returning id", stopwatch.id, ctx.user_id()).empty())
        throw guichet::Error{GUICHET_E_NOT_FOUND, "no such stopwatch"};
    tell(ctx, "removed", stopwatch);
    const auto entry = add_entry(ctx, ctx.user_id(), stopwatch.on, work);
    tx.commit();
    return entry;
}

void discard_stopwatch(Ctx ctx, const Stopwatch& stopwatch) {
    guichet::Tx tx{ctx};
    ctx.exec("select queue_for($1)", ctx.user_id());
    if (!ctx.exec("delete from stopwatch where id = $1 and user_id = $2 returning id", stopwatch.id, ctx.user_id()).empty())
        tell(ctx, "removed", stopwatch);
    tx.commit();
}

Span span_of(Ctx ctx, const Stopwatch& stopwatch) {
    const Time end = stopwatch.stopped.value_or(Time{stopwatch.started.us + stopwatch.seconds * 1'000'000});
    return {stopwatch.started, end, to_local(ctx, stopwatch.started).day, (end.us - stopwatch.started.us) / 1'000'000};
}

}  // namespace timesheet
