#include "ticket_hooks.hpp"

#include "access.hpp"
#include "stopwatch_store.hpp"

namespace timesheet {

using guichet::Ctx;

namespace {

// Having an assignee is not yet work, although its phase is "open".
constexpr std::string_view kAssigned = "ASSIGNED";

struct Move {
    std::string_view from, from_phase, to, to_phase;

    bool begins_work() const { return to_phase == "open" && to != kAssigned && (from_phase != "open" || from == kAssigned); }
    bool ends_work() const { return is_ended(to_phase) && !is_ended(from_phase); }

private:
    static bool is_ended(std::string_view phase) { return phase == "resolved" || phase == "closed" || phase == "deleted"; }
};

void start_with_ticket(Ctx ctx, const Settings& settings, int64_t ticket) {
    const auto on = booking_of_known(ctx, ticket);
    if (on && obstacle(ctx, settings, *on).empty()) start_stopwatch(ctx, *on, true);
}

void record_at_end(Ctx ctx, const Settings& settings, const Stopwatch& stopwatch) {
    const auto span = span_of(ctx, stopwatch);
    if (span.seconds <= 0) return discard_stopwatch(ctx, stopwatch);
    if (span.seconds > kLongest) return;
    try {
        record_stopwatch(ctx, stopwatch, {span, settings.activity, {}, settings.billable});
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;  // other time then: it waits for its user
    }
}

void end_with_ticket(Ctx ctx, const Settings& settings, int64_t ticket) {
    auto stopwatch = stopwatch_of(ctx, ticket);
    if (!stopwatch || stopwatch->stopped) return;
    stop_stopwatch(ctx, *stopwatch);
    stopwatch = find_stopwatch(ctx, stopwatch->id);
    if (stopwatch && settings.record_at_end) record_at_end(ctx, settings, *stopwatch);
}

}  // namespace

void ticket_transitioned(Ctx ctx, guichet::Event event) {
    if (ctx.user_id() <= 0 || !ctx.can(kCreate)) return;
    const Settings settings{ctx};
    const auto data = event.data();
    const auto text = [&](std::string_view name) { return data[name].text().value_or(""); };
    const Move move{text("from"), text("from_phase"), text("to"), text("to_phase")};
    const auto ticket = data["id"].integer().value_or(0);
    if (settings.start_with_ticket && move.begins_work()) start_with_ticket(ctx, settings, ticket);
    if (settings.stop_at_end && move.ends_work()) end_with_ticket(ctx, settings, ticket);
}

void ticket_merged(Ctx ctx, guichet::Event event) {
    const auto from = event.data()["id"].integer().value_or(0), into = event.data()["into"].integer().value_or(0);
    const auto on = booking_of_known(ctx, into);
    if (!on) return;
    ctx.exec(
        "update stopwatch s set stopped_at = greatest(started_at, date_trunc('second', now())) where ticket_id = $1 and stopped_at is null"
        " and exists (select from stopwatch o where o.user_id = s.user_id and o.ticket_id = $2 and o.stopped_at is null)",
        from, into);
    ctx.exec("update stopwatch set ticket_id = $2, ticket_ref = $3 where ticket_id = $1", from, into, on->ref);
    ctx.exec("update entry set ticket_id = $2, ticket_ref = $3, version = version + 1 where ticket_id = $1", from, into, on->ref);
}

void ticket_deleted(Ctx ctx, guichet::Event event) {
    ctx.exec(
        "update stopwatch set stopped_at = greatest(started_at, date_trunc('second', now())) where ticket_id = $1 and stopped_at is null",
        event.data()["id"].integer().value_or(0));
}

}  // namespace timesheet
