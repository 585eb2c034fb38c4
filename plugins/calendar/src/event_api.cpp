#include "event_api.hpp"

#include "attendees.hpp"
#include "event_input.hpp"
#include "event_store.hpp"
#include "occurrences.hpp"
#include "series.hpp"

namespace calendar::api {

using guichet::Ctx;
using guichet::Request;
using guichet::Time;
using guichet::Value;

namespace {

constexpr int64_t kDayUs = int64_t{86'400} * 1'000'000;
constexpr int64_t kUsualDays = 31, kMostDays = 366;
constexpr int64_t kUsualItems = 50, kMostItems = 200;

std::optional<std::string_view> or_null(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{std::string_view{text}};
}

Value event_value(Ctx ctx, const Event& event, Time starts, Time ends) {
    const auto& entry = event.entry;
    auto out = ctx.object().set("id", event.id).set("uid", event.uid).set("series_id", event.series_id).set("recurs_at", event.recurs_at);
    out.set("title", or_null(entry.title)).set("type", or_null(entry.type)).set("starts_at", starts).set("ends_at", ends);
    out.set("zone", entry.zone).set("whole_day", entry.whole_day).set("place", entry.place).set("description", entry.description);
    out.set("owner_id", entry.owner_id).set("private", entry.is_private).set("busy_only", !event.details);
    out.set("ticket_id", entry.ticket_id).set("account_id", entry.account_id).set("contact_id", entry.contact_id);
    return out.set("rule", or_null(entry.rule)).set("reminder_minutes", entry.reminder_minutes).set("version", event.version);
}

void send(Ctx ctx, Request request, const Event& event) {
    const auto attendees = event.details ? load_attendees(ctx, event) : std::vector<Attendee>{};
    request.header("ETag", guichet::entity_tag(event.version));
    request.json(event_value(ctx, event, event.entry.starts, event.entry.ends).set("attendees", attendees_value(ctx, attendees)));
}

// Nothing when the body does not speak of them.
std::optional<std::vector<Attendee>> read_attendees(Ctx ctx, Value body, guichet::Problems& problems) {
    return body["attendees"] ? std::optional{attendees_of_json(ctx, body["attendees"], problems)} : std::nullopt;
}

Window read_window(Ctx ctx, Request request, guichet::Problems& problems) {
    Window out{ctx.now(), {}};
    const auto read = [&](std::string_view name, Time& to) {
        const auto text = request.query(name);
        const auto time = parse_instant(text.value_or(""));
        if (time) to = *time;
        else if (text)
            problems.add(name, ctx.tr("Give a time as RFC 3339 has it, 2026-11-23T09:00:00+01:00 for example, in the years 1970 to 2199."));
    };
    read("from", out.from);
    out.to = {out.from.us + kUsualDays * kDayUs};
    read("to", out.to);
    if (out.to.us <= out.from.us || out.to.us - out.from.us > kMostDays * kDayUs) problems.add("to", ctx.tr("Ask for a year at most."));
    return out;
}

// "<start in microseconds>.<event>" of the last item of the page before.
std::optional<Key> read_cursor(Ctx ctx, Request request, guichet::Problems& problems) {
    const auto text = request.query("cursor").value_or("");
    if (text.empty()) return std::nullopt;
    const auto dot = std::min(text.find('.'), text.size() - 1);
    const auto starts = guichet::to_integer(text.substr(0, dot)), id = guichet::to_integer(text.substr(dot + 1));
    if (starts && id) return Key{*starts, *id};
    problems.add("cursor", ctx.tr("This is not a cursor of this list."));
    return std::nullopt;
}

int64_t read_limit(Ctx ctx, Request request, guichet::Problems& problems) {
    const auto text = request.query("limit");
    const auto limit = text ? guichet::to_integer(*text).value_or(0) : kUsualItems;
    if (limit < 1 || limit > kMostItems) problems.add("limit", ctx.tr("Give a whole number from 1 to 200."));
    return limit;
}

// Which part of a series a change is meant for: ?at=… and ?scope=one|following|all.
std::pair<std::optional<Time>, Scope> read_part(Ctx ctx, Request request) {
    const auto at = request.query("at");
    const auto scope = request.query("scope");
    const auto time = parse_instant(at.value_or(""));
    const auto which = scope ? parse_scope(*scope) : time ? Scope::one : Scope::all;
    if (at && !time) throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Give the start of an occurrence.")}, "at"};
    if (!which || (*which != Scope::all && !time))
        throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("Give one, following or all; at as well unless it is all.")}, "scope"};
    return {time, *which};
}

void require_match(Ctx ctx, Request request, const Event& event) {
    if (!guichet::if_match(request, event.version))
        throw guichet::Error{GUICHET_E_PRECONDITION,
                             guichet::fill(ctx.tr("The event is at version %1."), {guichet::entity_tag(event.version)})};
}

}  // namespace

void list(Ctx ctx, Request request) {
    guichet::Problems problems{ctx};
    auto window = read_window(ctx, request, problems);
    auto filter = read_filter(ctx, request, problems);
    filter.ticket = guichet::to_integer(request.query("ticket_id").value_or(""));
    const auto after = read_cursor(ctx, request, problems);
    const auto limit = read_limit(ctx, request, problems);
    problems.throw_if_any();
    const auto found = find_occurrences(ctx, window, filter, static_cast<std::size_t>(limit), after);
    auto items = ctx.array();
    for (const auto& each : found.items) items.push(event_value(ctx, *each.event, each.starts, each.ends).set("at", each.at()));
    std::optional<std::string> next;
    if (found.more) next = std::to_string(found.items.back().starts.us) + "." + std::to_string(found.items.back().event->id);
    request.json(ctx.object().set("items", items).set("next", next));
}

void create(Ctx ctx, Request request) {
    const auto body = request.json();
    guichet::Problems problems{ctx};
    const auto entry = entry_of_json(ctx, body, new_entry(ctx), problems);
    for (const auto name : {"starts_at", "ends_at"})
        if (!body[name]) problems.add(name, ctx.tr("This is needed."));
    const auto attendees = read_attendees(ctx, body, problems);
    problems.throw_if_any();
    guichet::Tx tx{ctx};
    const auto id = insert(ctx, {entry, {}, {}, {}, 0, {}});
    if (attendees) save_attendees(ctx, load(ctx, id), *attendees);
    tx.commit();
    request.status(201);
    request.header("Location", "/api/v1/calendar/events/" + std::to_string(id));
    send(ctx, request, load(ctx, id));
}

void get(Ctx ctx, Request request) { send(ctx, request, load(ctx, request.id())); }

void patch(Ctx ctx, Request request) {
    const auto body = request.json();
    const auto [at, scope] = read_part(ctx, request);
    guichet::Tx tx{ctx};
    const auto stored = load_for_update(ctx, request.id());
    require_update(stored);
    require_match(ctx, request, stored);
    const auto occurrence = lock_occurrence(ctx, stored.id, at, body["version"] ? body["version"].integer().value_or(0) : stored.version);
    guichet::Problems problems{ctx};
    const auto entry = entry_of_json(ctx, body, entry_for(ctx, occurrence, scope), problems);
    const auto attendees = read_attendees(ctx, body, problems);
    if (attendees && scope == Scope::one && occurrence.recurs())
        problems.add("attendees", ctx.tr("Who takes part is the same for all of a series."));
    problems.throw_if_any();
    const auto id = change(ctx, occurrence, scope, entry);
    if (attendees) save_attendees(ctx, load(ctx, id), *attendees);
    tx.commit();
    send(ctx, request, load(ctx, id));
}

void remove(Ctx ctx, Request request) {
    const auto [at, scope] = read_part(ctx, request);
    guichet::Tx tx{ctx};
    const auto stored = load_for_update(ctx, request.id());
    require_delete(stored);
    require_match(ctx, request, stored);
    erase(ctx, lock_occurrence(ctx, stored.id, at, stored.version), scope);
    tx.commit();
    request.status(204);
}

}  // namespace calendar::api
