#include "calendar_page.hpp"

#include "calendar_form.hpp"
#include "ics.hpp"
#include "notation.hpp"
#include "refresh.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kHome = "/admin/sla";
constexpr std::string_view kWeekdayLabels[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

guichet::Time time_of(Instant at) { return guichet::Time{at.time_since_epoch().count() * 1'000'000}; }

// "opened now → due": four working hours and two working days from this moment (6.2, 6).
Value example(Ctx ctx, const Calendar& calendar) {
    Opening opening{calendar};
    const auto at = now(ctx);
    auto rows = ctx.array();
    const auto add = [&](std::string_view label, Instant due) {
        rows.push(ctx.object().set("label", ctx.tr(label)).set("due", time_of(due)).set("there", format_instant(opening.zone(), due)));
    };
    add("in 1 working hour", opening.add(at, std::chrono::hours{1}));
    add("in 4 working hours", opening.add(at, std::chrono::hours{4}));
    add("in 2 working days", opening.add_days(at, 2));
    return ctx.object().set("now", time_of(at)).set("rows", rows);
}

Value form_value(Ctx ctx, const TypedCalendar& typed, Value errors) {
    auto out =
        ctx.object().set("name", typed.name).set("zone", typed.zone).set("holidays", typed.holidays).set("exceptions", typed.exceptions);
    auto week = ctx.array();
    for (std::size_t i = 0; i < 7; ++i)
        week.push(ctx.object()
                      .set("name", kWeekdays[i])
                      .set("label", ctx.tr(kWeekdayLabels[i]))
                      .set("value", typed.week[i])
                      .set("error", errors[kWeekdays[i]]));
    return out.set("week", week);
}

Value holiday_options(Ctx ctx) {
    auto out = ctx.array();
    for (const auto& holidays : all_holidays()) out.push(ctx.object().set("value", holidays.code).set("label", ctx.tr(holidays.name)));
    return out;
}

struct Outcome {
    Value errors{};
    std::optional<Calendar> hours{};  // to be tried
    std::string message{};
};

void send_form(Ctx ctx, Request request, const StoredCalendar& calendar, const TypedCalendar& typed, const Outcome& outcome) {
    const auto title = ctx.tr(calendar.id ? "Edit a calendar" : "Add a calendar");
    auto trail = ctx.array();
    trail.push(ctx.object().set("label", ctx.tr("Service levels")).set("url", kHome)).push(ctx.object().set("label", title));
    const auto errors = outcome.errors ? outcome.errors : ctx.object();
    auto data = ctx.object().set("title", title).set("breadcrumb", trail).set("errors", errors).set("message", outcome.message);
    data.set("form", form_value(ctx, typed, errors)).set("holiday_options", holiday_options(ctx));
    if (calendar.id) data.set("id", calendar.id).set("version", calendar.version);
    if (outcome.hours) data.set("example", example(ctx, *outcome.hours));
    request.page("calendar.html", data);
}

StoredCalendar of_request(Ctx ctx, Request request) {
    return request.param("id") ? load_calendar(ctx, request.id()) : StoredCalendar{0, 0, {}, ctx.object()};
}

// The days of the list, and those that are not among them yet.
template <class Days>
int64_t merge(Value list, const Days& days, std::string (*format)(typename Days::value_type)) {
    std::set<std::string_view> had;
    for (std::size_t i = 0; i < list.size(); ++i) had.insert(list[i].text().value_or(""));
    int64_t added = 0;
    for (const auto day : days) {
        const auto text = format(day);
        if (had.contains(text)) continue;
        list.push(text);
        ++added;
    }
    return added;
}

Value list_of(Ctx ctx, Value definition, std::string_view name) {
    if (!definition[name].is_array()) definition.set(name, ctx.array());
    return definition[name];
}

// Uploads are read and forgotten.
std::optional<ClosedDays> uploaded_days(Ctx ctx, Request request) {
    if (!request.upload(0)) return std::nullopt;
    guichet::Tx tx{ctx};
    const auto file = request.store_upload(0);
    const auto text = ctx.read_file(file.id);
    ctx.remove_file(file.id);
    tx.commit();
    return read_ics(text);
}

}  // namespace

void show_new_calendar(Ctx ctx, Request request) {
    TypedCalendar typed{{}, std::string{ctx.zone()}, "FR", {}, {}};
    for (std::size_t i = 0; i < 5; ++i) typed.week[i] = "09:00-12:00, 14:00-18:00";
    send_form(ctx, request, of_request(ctx, request), typed, {});
}

void show_calendar(Ctx ctx, Request request) {
    const auto calendar = load_calendar(ctx, request.id());
    Problems problems{ctx};
    const auto hours = read_calendar(ctx, calendar.definition, "", problems);
    send_form(ctx, request, calendar, show_calendar(ctx, calendar), {.hours = hours});
}

void save_calendar(Ctx ctx, Request request) {
    auto calendar = of_request(ctx, request);
    const auto typed = typed_calendar(request);
    Problems problems{ctx};
    calendar.name = typed.name;
    calendar.definition = read_typed(ctx, typed, problems);
    const auto hours = read_calendar(ctx, calendar.definition, "", problems);
    check_calendar(ctx, calendar, hours, problems);
    const bool trying = request.form("try") == "1";
    try {
        if (calendar.id) calendar.version = guichet::to_integer(request.form("version").value_or("")).value_or(0);
        if (!problems && !trying) calendar.id ? change_calendar(ctx, calendar) : void(add_calendar(ctx, calendar));
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        problems.add("name", error.what());
    }
    if (!problems && !trying) return request.redirect(kHome);
    if (problems) request.status(422);
    send_form(ctx, request, calendar, typed, {.errors = problems.by_field(), .hours = problems ? std::nullopt : std::optional{hours}});
}

void import_calendar(Ctx ctx, Request request) {
    auto calendar = load_calendar(ctx, request.id());
    const auto found = uploaded_days(ctx, request);
    Problems problems{ctx};
    int64_t added = 0;
    if (!found || (found->days.empty() && found->yearly.empty()))
        problems.add("file", ctx.tr("Choose an ICS file with events: the days of each are closed."));
    else {
        added = merge(list_of(ctx, calendar.definition, "closed"), found->days, format_day);
        added += merge(list_of(ctx, calendar.definition, "closed_yearly"), found->yearly, format_month_day);
    }
    const auto hours = read_calendar(ctx, calendar.definition, "", problems);
    if (!problems) check_calendar(ctx, calendar, hours, problems);
    if (!problems) {
        change_calendar(ctx, calendar);
        ++calendar.version;
    } else request.status(422);
    const auto message =
        guichet::fill(ctx.plural("%1 closed day was added.", "%1 closed days were added.", added), {std::to_string(added)});
    send_form(ctx, request, calendar, show_calendar(ctx, calendar),
              {.errors = problems.by_field(),
               .hours = problems ? std::nullopt : std::optional{hours},
               .message = problems ? std::string{} : message});
}

void delete_calendar(Ctx ctx, Request request) {
    const auto calendar = load_calendar(ctx, request.id());
    try {
        remove_calendar(ctx, calendar.id);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        request.status(409);
        return send_form(ctx, request, calendar, show_calendar(ctx, calendar), {.errors = ctx.object().set("name", error.what())});
    }
    request.redirect(kHome);
}

}  // namespace sla
