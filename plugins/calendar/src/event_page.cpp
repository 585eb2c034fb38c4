#include "event_page.hpp"

#include "attendees.hpp"
#include "event_store.hpp"
#include "form_words.hpp"
#include "linked.hpp"
#include "present.hpp"
#include "rule_form.hpp"
#include "series.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;
using namespace std::chrono;

namespace {

Value link(Ctx ctx, std::string_view label, const std::string& path, std::string_view text) {
    return ctx.object().set("label", ctx.tr(label)).set("path", path).set("text", text);
}

Value links_of(Ctx ctx, const Entry& entry) {
    auto out = ctx.array();
    if (entry.ticket_id)
        if (const auto found = linked::ticket(ctx, *entry.ticket_id))
            out.push(link(ctx, "Ticket", "/tickets/" + std::to_string(*entry.ticket_id),
                          std::string{found["ref"].text().value_or("")} + " – " + std::string{found["subject"].text().value_or("")}));
    if (entry.account_id)
        if (const auto found = linked::account(ctx, *entry.account_id))
            out.push(link(ctx, "Account", "/accounts/" + std::to_string(*entry.account_id), found["name"].text().value_or("")));
    if (entry.contact_id)
        if (const auto found = linked::contact(ctx, *entry.contact_id))
            out.push(link(ctx, "Contact", "/contacts/" + std::to_string(*entry.contact_id), found["name"].text().value_or("")));
    return out;
}

Value people_of(Ctx ctx, const Occurrence& occurrence) {
    auto out = ctx.array();
    if (!occurrence.event->details) return out;
    for (const auto& each : load_attendees(ctx, *occurrence.event, occurrence.recurs() ? std::optional{occurrence.at()} : std::nullopt))
        out.push(ctx.object()
                     .set("name", each.name.empty() ? each.email : each.name)
                     .set("email", each.email)
                     .set("answer", answer_label(ctx, each.answer))
                     .set("color", each.answer == "accepted"   ? "green"
                                   : each.answer == "declined" ? "red"
                                                               : "secondary"));
    return out;
}

// In the zone it was made in, when that is another one.
std::string when_there(Ctx ctx, const Occurrence& occurrence) {
    const auto& entry = occurrence.event->entry;
    const auto there = Zone::of(entry.zone), here = Zone::of(ctx.zone());
    if (entry.whole_day || there.local(occurrence.starts) == here.local(occurrence.starts)) return {};
    return words::span(there.local(occurrence.starts), there.local(occurrence.ends), false, ctx.language()) + " (" + entry.zone + ")";
}

std::string repetition(Ctx ctx, const Occurrence& occurrence) {
    if (!occurrence.recurs()) return {};
    const auto series = occurrence.event->series_id ? load(ctx, *occurrence.event->series_id) : *occurrence.event;
    const auto zone = Zone::of(series.entry.zone);
    return describe(ctx, series.entry.rule, zone.local(series.entry.starts), zone);
}

// The occurrence an address names; an address without one means the first.
Occurrence asked(Ctx ctx, Request request) {
    const auto at = request.query("at");
    if (!at) return load_occurrence(ctx, request.id(), std::nullopt);
    const auto time = parse_utc(*at);
    if (!time) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such occurrence"};
    return load_occurrence(ctx, request.id(), time);
}

Value head(Ctx ctx, const Occurrence& occurrence, std::string_view title) {
    const auto& event = *occurrence.event;
    const auto own = path_of(occurrence);
    return ctx.object()
        .set("title", title)
        .set("breadcrumb", breadcrumb(ctx, {{title_of(ctx, event), own}, {title, ""}}))
        .set("id", event.id)
        .set("version", event.version)
        .set("at", format_utc(occurrence.at()))
        .set("path", own)
        .set("recurs", occurrence.recurs())
        .set("when", when(ctx, event.entry, occurrence.starts, occurrence.ends))
        .set("scopes", scope_options(ctx));
}

struct Moving {
    std::string starts, scope = "one", back;
};

void send_move(Ctx ctx, Request request, const Occurrence& occurrence, const Moving& typed, Value errors, std::string_view message = {}) {
    auto data = head(ctx, occurrence, ctx.tr("Move the event"));
    data.set("starts", typed.starts).set("scope", typed.scope).set("back", typed.back).set("errors", errors).set("message", message);
    data.set("event_title", title_of(ctx, *occurrence.event)).set("whole_day", occurrence.event->entry.whole_day);
    request.page("move.html", data);
}

// The clock on which the occurrence is moved: the reader's, as his calendar shows it.
Zone clock_zone(Ctx ctx, const Event& event) { return Zone::of(event.entry.whole_day ? "UTC" : ctx.zone()); }

// "starts" of the form, or "day" and "hour" of where it was dropped.
std::optional<Local> wanted_start(Ctx ctx, Request request, const Occurrence& occurrence) {
    const auto before = clock_zone(ctx, *occurrence.event).local(occurrence.starts);
    const auto typed = guichet::one_line(request.form("starts").value_or(""));
    if (const auto day = parse_day(request.form("day").value_or(""))) {
        const auto time = before - day_of(before);
        const auto hour = guichet::to_integer(request.form("hour").value_or(""));
        return *day + (hour && *hour >= 0 && *hour < 24 ? hours{*hour} + time % hours{1} : time);
    }
    if (occurrence.event->entry.whole_day)
        if (const auto day = parse_day(std::string_view{typed}.substr(0, 10))) return Local{*day};
    return parse_clock(typed);
}

// Nothing was saved: the form again, with what the event is now.
void answer_conflict(Ctx ctx, Request request, const Moving& typed, const guichet::Error& error) {
    if (error.code() != GUICHET_E_CONFLICT) throw error;
    const auto now = find_occurrence(ctx, request.id(), parse_utc(request.form("at").value_or("")));
    if (!now) throw error;
    request.status(409);
    send_move(ctx, request, *now, typed, ctx.object(), error.what());
}

}  // namespace

void show_event(Ctx ctx, Request request) {
    const auto occurrence = asked(ctx, request);
    const auto& event = *occurrence.event;
    const auto& entry = event.entry;
    auto data = head(ctx, occurrence, title_of(ctx, event)).set("breadcrumb", breadcrumb(ctx, {{title_of(ctx, event), ""}}));
    data.set("when_there", when_there(ctx, occurrence)).set("repetition", repetition(ctx, occurrence));
    data.set("type", type_of(ctx, entry.type)).set("owner", event.owner).set("private", entry.is_private).set("details", event.details);
    data.set("place", entry.place).set("description", entry.description).set("links", links_of(ctx, entry));
    data.set("attendees", people_of(ctx, occurrence));
    data.set("reminder", reminder_words(ctx, entry.reminder_minutes));
    data.set("may_update", event.may_update).set("may_delete", event.may_delete);
    data.set("edit_path", path_of(event.id) + "/edit?at=" + format_utc(occurrence.at()));
    data.set("move_path", path_of(event.id) + "/move?at=" + format_utc(occurrence.at()));
    data.set("delete_path", path_of(event.id) + "/delete?at=" + format_utc(occurrence.at()));
    data.set("calendar_path", "/calendar?view=day&date=" + format_day(day_of(clock_zone(ctx, event).local(occurrence.starts))));
    request.page("event.html", data);
}

void show_move(Ctx ctx, Request request) {
    const auto occurrence = asked(ctx, request);
    require_update(*occurrence.event);
    const auto starts = format_clock(clock_zone(ctx, *occurrence.event).local(occurrence.starts));
    send_move(ctx, request, occurrence, {starts, "one", std::string{local_path(request.query("back").value_or(""))}}, ctx.object());
}

void move_event(Ctx ctx, Request request) {
    Moving typed{guichet::one_line(request.form("starts").value_or("")), guichet::one_line(request.form("scope").value_or("one")),
                 std::string{local_path(request.form("back").value_or(""))}};
    try {
        guichet::Tx tx{ctx};
        const auto occurrence = lock_occurrence(ctx, request.id(), parse_utc(request.form("at").value_or("")),
                                                guichet::to_integer(request.form("version").value_or("")).value_or(0));
        guichet::Problems problems{ctx};
        const auto clock = wanted_start(ctx, request, occurrence);
        const auto scope = parse_scope(typed.scope);
        if (!clock) problems.add("starts", ctx.tr("Enter a day and a time, in the years 1970 to 2199."));
        if (!scope) problems.add("scope", ctx.tr("There is no such choice."));
        if (problems) {
            request.status(422);
            return send_move(ctx, request, occurrence, typed, problems.by_field());
        }
        auto entry = entry_for(ctx, occurrence, *scope);
        const auto by = clock_zone(ctx, *occurrence.event).instant(*clock).us - occurrence.starts.us;
        const auto zone = Zone::of(entry.zone);
        // all of a series: as far on the clock as this one is moved
        const auto start =
            *scope == Scope::all
                ? zone.instant(zone.local(entry.starts) + (zone.local({occurrence.starts.us + by}) - zone.local(occurrence.starts)))
                : guichet::Time{occurrence.starts.us + by};
        const auto id = change(ctx, occurrence, *scope, moved(entry, start));
        tx.commit();
        request.redirect(typed.back.empty() ? path_of(id) : typed.back);
    } catch (const guichet::Error& error) {
        answer_conflict(ctx, request, typed, error);
    }
}

void show_delete(Ctx ctx, Request request) {
    const auto occurrence = asked(ctx, request);
    require_delete(*occurrence.event);
    auto data = head(ctx, occurrence, ctx.tr("Delete the event")).set("event_title", title_of(ctx, *occurrence.event));
    request.page("delete.html", data);
}

void delete_event(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    const auto occurrence = lock_occurrence(ctx, request.id(), parse_utc(request.form("at").value_or("")),
                                            guichet::to_integer(request.form("version").value_or("")).value_or(0));
    const auto scope = parse_scope(request.form("scope").value_or("one"));
    if (!scope) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("There is no such choice.")}, "scope"};
    const auto date = format_day(day_of(clock_zone(ctx, *occurrence.event).local(occurrence.starts)));
    erase(ctx, occurrence, *scope);
    tx.commit();
    request.redirect("/calendar?date=" + date);
}

}  // namespace calendar
