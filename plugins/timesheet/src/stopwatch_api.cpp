#include "stopwatch_api.hpp"

#include "access.hpp"
#include "entry_api.hpp"
#include "rest.hpp"
#include "stopwatch_store.hpp"
#include "work_form.hpp"

namespace timesheet::api {

using guichet::Ctx;
using guichet::Error;
using guichet::Request;
using guichet::Value;

namespace {

Value stopwatch_value(Ctx ctx, const Stopwatch& stopwatch) {
    auto out = ctx.object().set("id", stopwatch.id).set("ticket_id", stopwatch.on.ticket).set("ticket_ref", stopwatch.on.ref);
    out.set("account_id", stopwatch.on.account).set("contract_id", stopwatch.on.contract).set("started_at", stopwatch.started);
    return out.set("stopped_at", stopwatch.stopped).set("seconds", stopwatch.seconds).set("automatic", stopwatch.automatic);
}

Stopwatch own(Ctx ctx, int64_t id) {
    if (auto found = find_stopwatch(ctx, id)) return *found;
    throw Error{GUICHET_E_NOT_FOUND, "no such stopwatch"};
}

}  // namespace

void list_stopwatches(Ctx ctx, Request request) {
    auto items = ctx.array();
    for (const auto& stopwatch : own_stopwatches(ctx)) items.push(stopwatch_value(ctx, stopwatch));
    send_page(ctx, request, items, {});
}

void start_stopwatch(Ctx ctx, Request request) {
    const auto body = request.json();
    const auto ticket = body["ticket_id"].integer();
    const auto on = ticket ? find_booking(ctx, *ticket) : std::nullopt;
    if (!on) throw Error{GUICHET_E_INVALID, std::string{ctx.tr("There is no such ticket.")}, "ticket_id"};
    if (const auto why = obstacle(ctx, Settings{ctx}, *on); !why.empty()) throw Error{GUICHET_E_INVALID, why, "ticket_id"};
    const auto started = timesheet::start_stopwatch(ctx, *on, false);
    request.status(started.fresh ? 201 : 200);
    request.json(stopwatch_value(ctx, started.stopwatch));
}

void stop_stopwatch(Ctx ctx, Request request) {
    timesheet::stop_stopwatch(ctx, own(ctx, request.id()));
    request.json(stopwatch_value(ctx, own(ctx, request.id())));
}

void record_stopwatch(Ctx ctx, Request request) {
    const auto body = request.json();
    auto stopwatch = own(ctx, request.id());
    if (!stopwatch.stopped) {
        timesheet::stop_stopwatch(ctx, stopwatch);
        stopwatch = own(ctx, request.id());
    }
    const Settings settings{ctx};
    guichet::Problems problems{ctx};
    Work work{span_of(ctx, stopwatch), settings.activity, {}, settings.billable};
    read_work(ctx, body, {}, work, problems);
    if (!problems && work.span.seconds <= 0) problems.add("ends_at", ctx.tr("The end is not after the begin."));
    if (const auto why = obstacle_to_record(ctx, stopwatch); !why.empty()) problems.add("ticket_id", why);
    problems.throw_if_any();
    guichet::Tx tx{ctx};
    const auto entry = entry_value(ctx, timesheet::record_stopwatch(ctx, stopwatch, work));
    tx.commit();
    send_created(ctx, request, "/api/v1/time-entries", entry);
}

void discard_stopwatch(Ctx ctx, Request request) {
    timesheet::discard_stopwatch(ctx, own(ctx, request.id()));
    request.status(204);
}

}  // namespace timesheet::api
