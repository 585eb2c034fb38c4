#include "event_form.hpp"

#include "attendees.hpp"
#include "event_input.hpp"
#include "event_store.hpp"
#include "form_words.hpp"
#include "linked.hpp"
#include "present.hpp"
#include "series.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;
using namespace std::chrono;

namespace {

Value person_options(Ctx ctx, Value people, std::string_view hint) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < people.size(); ++i) {
        auto label = std::string{people[i]["name"].text().value_or("")};
        if (const auto more = people[i][hint].text(); more && !more->empty()) label += " – " + std::string{*more};
        out.push(ctx.object().set("value", std::to_string(people[i]["id"].integer().value_or(0))).set("label", label));
    }
    return out;
}

bool offers(Value options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return true;
    return false;
}

// What the search finds, and before it the account that is chosen already.
Value account_options(Ctx ctx, const Typed& typed) {
    const auto found = person_options(ctx, linked::accounts(ctx, ""), "town");
    const auto id = guichet::to_integer(typed.account_id);
    if (!id || offers(found, typed.account_id)) return found;
    auto chosen = ctx.array();
    if (const auto account = linked::account(ctx, *id)) chosen.push(account);
    auto out = person_options(ctx, chosen, "town");
    for (std::size_t i = 0; i < found.size(); ++i) out.push(found[i]);
    return out;
}

Value contact_options(Ctx ctx, const Typed& typed) {
    const auto id = guichet::to_integer(typed.account_id);
    return id ? person_options(ctx, linked::contacts_of(ctx, *id), "email") : ctx.array();
}

Value weekday_options(Ctx ctx, const RuleForm& rule) {
    auto out = ctx.array();
    for (const auto day : kWeekdays)
        out.push(ctx.object()
                     .set("value", day)
                     .set("label", weekday_label(day, ctx.language()))
                     .set("checked", rule.weekdays.contains(std::string{day})));
    return out;
}

Value repeat_options(Ctx ctx) {
    auto out = ctx.array();
    for (const auto& [value, label] : {std::pair{"daily", "Every day or every few days"},
                                       {"weekly", "Every week or every few weeks"},
                                       {"monthly", "Every month or every few months"},
                                       {"yearly", "Every year or every few years"},
                                       {"rule", "By a rule of my own"}})
        out.push(ctx.object().set("value", value).set("label", ctx.tr(label)));
    return out;
}

Value values_of(Ctx ctx, const Typed& typed) {
    return ctx.object()
        .set("title", typed.title)
        .set("type", typed.type)
        .set("starts", typed.starts)
        .set("ends", typed.ends)
        .set("zone", typed.zone)
        .set("place", typed.place)
        .set("description", typed.description)
        .set("owner_id", typed.owner_id)
        .set("ticket", typed.ticket)
        .set("account_id", typed.account_id)
        .set("contact_id", typed.contact_id)
        .set("reminder", typed.reminder)
        .set("whole_day", typed.whole_day)
        .set("private", typed.is_private)
        .set("repeat", typed.rule.repeat)
        .set("interval", typed.rule.interval)
        .set("count", typed.rule.count)
        .set("until", typed.rule.until)
        .set("rule", typed.rule.rule);
}

struct Form {
    Typed typed;
    TypedAttendees attendees{};
    Value errors{};
    std::string_view message{};
    std::string back{};
    // of an event that is there
    const Occurrence* occurrence = nullptr;
    Scope scope = Scope::all;
};

// Boxes, those who are invited already checked.
Value boxes(Ctx ctx, Value options, const std::vector<std::string>& chosen) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < options.size(); ++i) {
        const auto value = options[i]["value"].text().value_or("");
        out.push(ctx.object()
                     .set("value", value)
                     .set("label", options[i]["label"])
                     .set("checked", std::ranges::find(chosen, value) != chosen.end()));
    }
    return out;
}

// Contacts who are invited stay in the list when they are of another account.
Value contact_boxes(Ctx ctx, const Typed& typed, const std::vector<std::string>& chosen) {
    auto options = contact_options(ctx, typed);
    for (const auto& id : chosen)
        if (!offers(options, id))
            if (const auto contact = linked::contact(ctx, guichet::to_integer(id).value_or(0)))
                options.push(ctx.object().set("value", ctx.dup(id)).set("label", contact["name"]));
    return boxes(ctx, options, chosen);
}

void send_form(Ctx ctx, Request request, const Form& form) {
    const auto title = ctx.tr(form.occurrence ? "Edit the event" : "Add an event");
    auto data = ctx.object().set("title", title).set("form", values_of(ctx, form.typed));
    data.set("errors", form.errors).set("message", form.message).set("back", form.back).set("action", "/calendar/new");
    data.set("types", type_options(ctx, form.typed.type)).set("users", people_options(ctx, ctx.users()));
    data.set("zones", zone_options(ctx, form.typed.zone)).set("reminders", reminder_options(ctx, form.typed.reminder));
    data.set("repeats", repeat_options(ctx)).set("weekdays", weekday_options(ctx, form.typed.rule));
    data.set("accounts", account_options(ctx, form.typed)).set("contacts", contact_options(ctx, form.typed));
    data.set("cancel_path", form.back.empty() ? std::string{"/calendar"} : form.back).set("may_repeat", true);
    data.set("attendee_users", boxes(ctx, people_options(ctx, ctx.users()), form.attendees.users));
    data.set("attendee_contacts", contact_boxes(ctx, form.typed, form.attendees.contacts)).set("attendees", form.attendees.addresses);
    data.set("invites", !form.attendees.users.empty() || !form.attendees.contacts.empty() || !form.attendees.addresses.empty());
    if (!form.occurrence) {
        data.set("breadcrumb", breadcrumb(ctx, {{title, ""}}));
    } else {
        const auto& event = *form.occurrence->event;
        const auto own = path_of(*form.occurrence);
        data.set("breadcrumb", breadcrumb(ctx, {{title_of(ctx, event), own}, {title, ""}}));
        data.set("action", path_of(event.id) + "/edit").set("id", event.id).set("version", event.version).set("cancel_path", own);
        data.set("at", format_utc(form.occurrence->at())).set("recurs", form.occurrence->recurs()).set("scope", scope_name(form.scope));
        data.set("scopes", scope_options(ctx)).set("may_repeat", !(form.occurrence->recurs() && form.scope == Scope::one));
    }
    request.page("form.html", data);
}

Scope scope_of(std::optional<std::string_view> text, const Occurrence& occurrence) {
    if (!occurrence.recurs()) return Scope::all;
    return parse_scope(text.value_or("one")).value_or(Scope::one);
}

// Account and contact of the ticket come with it.
void link_ticket(Ctx ctx, Entry& entry, int64_t ticket_id) {
    const auto ticket = linked::ticket(ctx, ticket_id);
    if (!ticket) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    entry.ticket_id = ticket_id;
    if (const auto account = ticket["account_id"].integer(); account && linked::account(ctx, *account)) entry.account_id = account;
    if (const auto contact = ticket["contact_id"].integer(); contact && linked::contact(ctx, *contact)) entry.contact_id = contact;
    entry.title = ticket["subject"].text().value_or("");
}

}  // namespace

void show_new(Ctx ctx, Request request) {
    auto entry = new_entry(ctx);
    if (const auto day = parse_day(request.query("date").value_or(""))) {
        const auto zone = Zone::of(ctx.zone());
        const auto now = zone.local(entry.starts);
        const auto hour = guichet::to_integer(request.query("hour").value_or(""));
        entry.starts = zone.instant(*day + (hour && *hour >= 0 && *hour < 24 ? hours{*hour}
                                            : *day == day_of(now)            ? now - day_of(now)
                                                                             : hours{9}));
        entry.ends = plus(entry.starts, hours{1});
    }
    if (const auto ticket = guichet::to_integer(request.query("ticket_id").value_or(""))) link_ticket(ctx, entry, *ticket);
    if (const auto account = guichet::to_integer(request.query("account_id").value_or("")); account && linked::account(ctx, *account))
        entry.account_id = account;
    send_form(ctx, request, {form_of(ctx, entry), {}, {}, {}, std::string{local_path(request.query("back").value_or(""))}});
}

void add_event(Ctx ctx, Request request) {
    guichet::Problems problems{ctx};
    const auto typed = typed_event(request);
    const auto typed_people = typed_attendees(request);
    const auto entry = entry_of(ctx, typed, new_entry(ctx), problems);
    const auto attendees = attendees_of(ctx, typed_people, problems);
    const auto back = std::string{local_path(request.form("back").value_or(""))};
    if (problems) {
        request.status(422);
        return send_form(ctx, request, {typed, typed_people, problems.by_field(), {}, back});
    }
    guichet::Tx tx{ctx};
    const auto id = insert(ctx, {entry, {}, {}, {}, 0, {}});
    if (!attendees.empty()) save_attendees(ctx, load(ctx, id), attendees);
    tx.commit();
    request.redirect(back.empty() ? path_of(id) : back);
}

void show_edit(Ctx ctx, Request request) {
    const auto occurrence = load_occurrence(ctx, request.id(), parse_utc(request.query("at").value_or("")));
    require_update(*occurrence.event);
    const auto scope = scope_of(request.query("scope"), occurrence);
    Form form{form_of(ctx, entry_for(ctx, occurrence, scope)), form_of(load_attendees(ctx, *occurrence.event))};
    form.occurrence = &occurrence;
    form.scope = scope;
    send_form(ctx, request, form);
}

void save_event(Ctx ctx, Request request) {
    const auto typed = typed_event(request);
    const auto at = parse_utc(request.form("at").value_or(""));
    Form form{typed, typed_attendees(request)};
    try {
        guichet::Tx tx{ctx};
        const auto occurrence =
            lock_occurrence(ctx, request.id(), at, guichet::to_integer(request.form("version").value_or("")).value_or(0));
        require_update(*occurrence.event);
        form.occurrence = &occurrence;
        form.scope = scope_of(request.form("scope"), occurrence);
        guichet::Problems problems{ctx};
        const auto entry = entry_of(ctx, typed, entry_for(ctx, occurrence, form.scope), problems);
        const bool alone = occurrence.recurs() && form.scope == Scope::one;  // who takes part is said of the series
        const auto attendees = alone ? std::vector<Attendee>{} : attendees_of(ctx, form.attendees, problems);
        if (problems) {
            request.status(422);
            form.errors = problems.by_field();
            return send_form(ctx, request, form);
        }
        const auto id = change(ctx, occurrence, form.scope, entry);
        if (!alone) save_attendees(ctx, load(ctx, id), attendees);
        tx.commit();
        request.redirect(path_of(id));
    } catch (const guichet::Error& error) {
        const auto now = error.code() == GUICHET_E_CONFLICT ? find_occurrence(ctx, request.id(), at) : std::nullopt;
        if (!now) throw;
        request.status(409);
        form.occurrence = &*now;
        form.message = error.what();
        send_form(ctx, request, form);
    }
}

void add_for_ticket(Ctx ctx, Request request) {
    auto entry = new_entry(ctx);
    link_ticket(ctx, entry, request.id());
    guichet::Tx tx{ctx};
    const auto id = insert(ctx, {entry, {}, {}, {}, 0, {}});
    tx.commit();
    request.redirect(path_of(id) + "/edit");
}

}  // namespace calendar
