#include "stopwatch_page.hpp"

#include "present.hpp"
#include "work_form.hpp"

namespace timesheet {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/time/stopwatches";

std::string path_of(int64_t id) { return std::string{kPath} + '/' + std::to_string(id); }
std::string ticket_path(int64_t id) { return "/tickets/" + std::to_string(id); }

Value breadcrumb(Ctx ctx, std::string_view title) {
    return ctx.array().push(ctx.object().set("label", ctx.tr("Stopwatch")).set("url", kPath)).push(ctx.object().set("label", title));
}

// Another tab was quicker: it has been recorded or discarded.
void send_gone(Request request) { request.redirect(std::string{kPath} + "?notice=gone"); }

Work counted(Ctx ctx, const Stopwatch& stopwatch) {
    const Settings settings{ctx};
    return {span_of(ctx, stopwatch), settings.activity, {}, settings.billable};
}

void send_form(Ctx ctx, Request request, const Stopwatch& stopwatch, const TypedWork& typed, const Work& shown, Value errors) {
    const auto title = guichet::fill(ctx.tr(stopwatch.stopped ? "Time on ticket %1" : "Stopwatch on ticket %1"), {stopwatch.on.ref});
    auto data = ctx.object().set("title", title).set("breadcrumb", breadcrumb(ctx, title)).set("errors", errors);
    data.set("stopwatch", present(ctx, std::vector{stopwatch})[std::size_t{0}])
        .set("running_already", request.query("notice") == "running");
    add_form(ctx, data, typed, &shown);
    request.page("stopwatch/record.html", data);
}

}  // namespace

void show_stopwatches(Ctx ctx, Request request) {
    auto data = ctx.object().set("title", ctx.tr("Stopwatch")).set("stopwatches", present(ctx, own_stopwatches(ctx)));
    request.page("stopwatch/list.html", data.set("gone", request.query("notice") == "gone"));
}

void start(Ctx ctx, Request request) {
    const auto ticket = guichet::to_integer(request.form("ticket_id").value_or("")).value_or(0);
    const auto on = find_booking(ctx, ticket);
    if (!on) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    if (const auto why = obstacle(ctx, Settings{ctx}, *on); !why.empty()) {
        request.status(422);
        auto data = ctx.object().set("title", ctx.tr("The stopwatch was not started")).set("text", why);
        return request.page("stopwatch/refused.html", data.set("ticket_id", ticket).set("ref", on->ref));
    }
    const auto started = start_stopwatch(ctx, *on, false);
    request.redirect(started.fresh ? ticket_path(ticket) : path_of(started.stopwatch.id) + "?notice=running");
}

void show_stopwatch(Ctx ctx, Request request) {
    const auto stopwatch = find_stopwatch(ctx, request.id());
    if (!stopwatch) return send_gone(request);
    const auto work = counted(ctx, *stopwatch);
    send_form(ctx, request, *stopwatch, show_work(ctx, work), work, ctx.object());
}

void stop(Ctx ctx, Request request) {
    const auto stopwatch = find_stopwatch(ctx, request.id());
    if (!stopwatch) return send_gone(request);
    stop_stopwatch(ctx, *stopwatch);
    request.redirect(path_of(stopwatch->id));
}

void record(Ctx ctx, Request request) {
    auto stopwatch = find_stopwatch(ctx, request.id());
    if (!stopwatch) return send_gone(request);
    if (!stopwatch->stopped) return request.redirect(path_of(stopwatch->id));
    const auto shown = counted(ctx, *stopwatch);
    const auto typed = typed_work(request);
    guichet::Problems problems{ctx};
    const auto work = read_work(ctx, typed, &shown, problems);
    if (const auto why = obstacle_to_record(ctx, *stopwatch); !why.empty()) problems.add("day", why);
    try {
        if (!problems) record_stopwatch(ctx, *stopwatch, work);
    } catch (const guichet::Error& error) {
        if (error.code() == GUICHET_E_NOT_FOUND) return send_gone(request);
        show_refusal(error, problems);
    }
    if (!problems) return request.redirect(ticket_path(stopwatch->on.ticket) + "?tab=timesheet.ticket");
    request.status(422);
    send_form(ctx, request, *stopwatch, typed, shown, problems.by_field());
}

void discard(Ctx ctx, Request request) {
    const auto stopwatch = find_stopwatch(ctx, request.id());
    if (!stopwatch) return send_gone(request);
    if (request.form("confirmed") != "1")
        return request.page("stopwatch/discard.html", ctx.object()
                                                          .set("title", ctx.tr("Discard this time?"))
                                                          .set("id", stopwatch->id)
                                                          .set("ref", stopwatch->on.ref)
                                                          .set("clock", present(ctx, *stopwatch)["clock"]));
    discard_stopwatch(ctx, *stopwatch);
    request.redirect(find_booking(ctx, stopwatch->on.ticket) ? ticket_path(stopwatch->on.ticket) : std::string{kPath});
}

}  // namespace timesheet
