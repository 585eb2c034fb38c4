#include "api.hpp"

#include "dry_run.hpp"
#include "notation.hpp"
#include "store.hpp"
#include "ticket_level.hpp"

namespace sla::api {

using guichet::Ctx;
using guichet::Error;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kDefinition[] = {"scope",     "first_response",        "next_response", "resolution",
                                            "to_status", "first_response_pauses", "reopen",        "levels"};

void send(Request request, Value object) {
    request.header("ETag", guichet::entity_tag(object["version"].integer().value_or(0)));
    request.json(object);
}

void send_created(Request request, std::string_view collection, Value object) {
    request.status(201);
    request.header("Location", std::string{collection} + '/' + std::to_string(object["id"].integer().value_or(0)));
    send(request, object);
}

void check_version(Ctx ctx, Request request, Value body, int64_t present) {
    const std::string changed{ctx.tr("Somebody else has changed this in the meantime.")};
    if (!guichet::if_match(request, present)) throw Error{GUICHET_E_PRECONDITION, changed};
    if (body["version"] && body["version"].integer() != present) throw Error{GUICHET_E_CONFLICT, changed, "version"};
}

Value items(Ctx ctx, Value list) { return ctx.object().set("items", list).set("next", std::nullopt); }

Value shown(Ctx ctx, const StoredCalendar& calendar) {
    return ctx.object()
        .set("id", calendar.id)
        .set("name", calendar.name)
        .set("calendar", calendar.definition)
        .set("version", calendar.version);
}

void read(Ctx ctx, Value body, StoredCalendar& calendar) {
    Problems problems{ctx};
    check_members(ctx, body, "", {"name", "calendar", "version"}, problems);
    if (body["name"]) calendar.name = guichet::one_line(body["name"].text().value_or(""));
    if (body["calendar"]) calendar.definition = body["calendar"];
    if (!calendar.definition.is_object()) problems.add("calendar", ctx.tr("Give a calendar."));
    const auto hours = read_calendar(ctx, calendar.definition, "calendar.", problems);
    check_calendar(ctx, calendar, hours, problems);
    problems.throw_if_any();
}

Value shown(Ctx ctx, const ServicePolicy& policy) {
    auto out =
        ctx.object().set("id", policy.id).set("name", policy.name).set("active", policy.active).set("calendar_id", policy.calendar_id);
    const auto utc = *Zone::find("UTC");
    out.set("enforce_from", policy.enforce_from ? std::optional{format_instant(utc, *policy.enforce_from)} : std::nullopt);
    const auto definition = definition_of(ctx, policy);
    for (const auto name : kDefinition) out.set(name, definition[name]);
    return out.set("version", policy.version);
}

// Members that are left out stay as they are.
void read(Ctx ctx, Value body, ServicePolicy& policy) {
    Problems problems{ctx};
    check_members(ctx, body, "",
                  {"id", "name", "active", "calendar_id", "enforce_from", "scope", "first_response", "next_response", "resolution",
                   "to_status", "first_response_pauses", "reopen", "levels", "version"},
                  problems);
    if (body["name"]) policy.name = guichet::one_line(body["name"].text().value_or(""));
    if (body["active"] && !body["active"].boolean()) problems.add("active", ctx.tr("This must be true or false."));
    policy.active = body["active"].boolean().value_or(policy.active);
    policy.calendar_id = body["calendar_id"].integer().value_or(body["calendar_id"] ? 0 : policy.calendar_id);
    if (const auto from = body["enforce_from"]; from && !from.is_null()) {
        policy.enforce_from = parse_instant(from.text().value_or(""));
        if (!policy.enforce_from)
            problems.add("enforce_from", ctx.tr("Give an instant with its offset, such as 2026-03-02T10:00:00+01:00."));
    }
    auto definition = definition_of(ctx, policy);
    for (const auto name : kDefinition)
        if (body[name]) definition.set(name, body[name]);
    read_policy(ctx, definition, policy, problems);
    check_policy(ctx, policy, problems);
    problems.throw_if_any();
}

}  // namespace

void list_calendars(Ctx ctx, Request request) {
    auto out = ctx.array();
    for (const auto& calendar : load_calendars(ctx)) out.push(shown(ctx, calendar));
    request.json(items(ctx, out));
}

void create_calendar(Ctx ctx, Request request) {
    StoredCalendar calendar;
    read(ctx, request.json(), calendar);
    send_created(request, "/api/v1/sla/calendars", shown(ctx, load_calendar(ctx, add_calendar(ctx, calendar))));
}

void get_calendar(Ctx ctx, Request request) { send(request, shown(ctx, load_calendar(ctx, request.id()))); }

void patch_calendar(Ctx ctx, Request request) {
    auto calendar = load_calendar(ctx, request.id());
    check_version(ctx, request, request.json(), calendar.version);
    read(ctx, request.json(), calendar);
    change_calendar(ctx, calendar);
    get_calendar(ctx, request);
}

void delete_calendar(Ctx ctx, Request request) {
    remove_calendar(ctx, load_calendar(ctx, request.id()).id);
    request.status(204);
}

void list_policies(Ctx ctx, Request request) {
    auto out = ctx.array();
    const PolicyBook book{ctx};
    for (const auto& policy : book.all()) out.push(shown(ctx, policy));
    request.json(items(ctx, out));
}

void create_policy(Ctx ctx, Request request) {
    ServicePolicy policy;
    read(ctx, request.json(), policy);
    send_created(request, "/api/v1/sla/policies", shown(ctx, load_policy(ctx, add_policy(ctx, policy))));
}

void try_policy(Ctx ctx, Request request) {
    const auto body = request.json();
    auto policy = body["id"].integer() ? load_policy(ctx, *body["id"].integer()) : ServicePolicy{};
    read(ctx, body, policy);
    const auto effect = dry_run(ctx, policy);
    request.json(ctx.object().set("open", effect.open).set("affected", effect.affected).set("would_breach", effect.late));
}

void get_policy(Ctx ctx, Request request) { send(request, shown(ctx, load_policy(ctx, request.id()))); }

void patch_policy(Ctx ctx, Request request) {
    auto policy = load_policy(ctx, request.id());
    check_version(ctx, request, request.json(), policy.version);
    read(ctx, request.json(), policy);
    change_policy(ctx, policy);
    get_policy(ctx, request);
}

void delete_policy(Ctx ctx, Request request) {
    remove_policy(ctx, load_policy(ctx, request.id()).id);
    request.status(204);
}

void put_order(Ctx ctx, Request request) {
    const auto ids = request.json()["ids"];
    Problems problems{ctx};
    std::vector<int64_t> order;
    const PolicyBook book{ctx};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        order.push_back(ids[i].integer().value_or(0));
        if (!book.find(order.back())) problems.add("ids", ctx.tr("There is no such policy."));
    }
    if (!ids.is_array()) problems.add("ids", ctx.tr("This must be a list."));
    problems.throw_if_any();
    order_policies(ctx, order);
    list_policies(ctx, request);
}

void get_ticket(Ctx ctx, Request request) { request.json(ticket_level(ctx, request.id())); }

}  // namespace sla::api
