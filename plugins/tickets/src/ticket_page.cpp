#include "ticket_page.hpp"

#include "directory.hpp"
#include "history.hpp"
#include "link_store.hpp"
#include "tags.hpp"
#include "ticket_access.hpp"
#include "transitions.hpp"
#include "watchers.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

constexpr int kShownChanges = 15;
constexpr Field kChoices[] = {Field::status, Field::priority, Field::type,     Field::assignee, Field::in_charge,
                              Field::team,   Field::category, Field::severity, Field::progress, Field::channel};
constexpr Field kDates[] = {Field::started_at, Field::due_at};

// Someone who has left is still the one in charge until another is chosen.
void keep_current(const Call& call, Value options, const std::string& value, Value name) {
    if (value.empty()) return;
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return;
    options.push(call.ctx.object().set("value", value).set("label", name.text().value_or(value)));
}

Value choices(const Call& call, const Ticket& ticket) {
    auto out = call.ctx.array();
    for (const auto field : kChoices) {
        const auto& value = ticket.values[field];
        auto options = options_of(call, field, value);
        if (field == Field::assignee) keep_current(call, options, value, ticket.row["assignee_name"]);
        if (field == Field::in_charge) keep_current(call, options, value, ticket.row["in_charge_name"]);
        if (field == Field::team) keep_current(call, options, value, ticket.row["team_name"]);
        const auto code = badge_of(call, field, value)["code"].text();
        out.push(call.ctx.object()
                     .set("name", info(field).name)
                     .set("label", call.tr(info(field).label))
                     .set("hotkey", field == Field::status     ? "s"
                                    : field == Field::assignee ? "a"
                                                               : "")
                     .set("options", options)
                     .set("value", field == Field::status && code ? *code : std::string_view{value})
                     .set("required", field == Field::status || field == Field::progress || field == Field::channel));
    }
    return out;
}

// What was typed stays in the input when it is no date.
Value dates(const Call& call, const Ticket& ticket, const Trouble& trouble) {
    auto out = call.ctx.array();
    for (const auto field : kDates)
        out.push(call.ctx.object()
                     .set("name", info(field).name)
                     .set("label", call.tr(info(field).label))
                     .set("at", ticket.row[info(field).name])
                     .set("error", trouble.errors[info(field).name]));
    return out;
}

Value steps(const Call& call, const Ticket& ticket) {
    auto out = call.ctx.array();
    if (!ticket.may_update) return out;
    for (const auto* step : possible_steps(call, ticket.values))
        out.push(call.ctx.object()
                     .set("name", step->name)
                     .set("label", call.tr(step->label))
                     .set("icon", step->icon)
                     .set("hotkey", step->hotkey));
    return out;
}

std::string duration(const Call& call, int64_t us) {
    const auto minutes = us / 60'000'000, hours = minutes / 60, days = hours / 24;
    const auto say = [&](std::string_view one, std::string_view many, int64_t n) {
        return guichet::fill(call.ctx.plural(one, many, n), {std::to_string(n)});
    };
    if (minutes < 1) return std::string{call.tr("less than a minute")};
    if (minutes < 60) return say("%1 minute", "%1 minutes", minutes);
    return hours < 48 ? say("%1 hour", "%1 hours", hours) : say("%1 day", "%1 days", days);
}

void add_state(const Call& call, const Ticket& ticket, Value& row) {
    const auto phase = phase_of(call, ticket.values);
    row.set("status", badge_of(call, Field::status, ticket.values[Field::status])).set("phase", phase);
    row.set("priority_badge", badge_of(call, Field::priority, ticket.values[Field::priority]));
    row.set("channel_label", label_of(call, Field::channel, ticket.values[Field::channel]));
    row.set("mine", ticket.values.id(Field::assignee) == call.author());
    row.set("closed", is_ended(phase)).set("finished", !is_unfinished(phase));
    const auto due = ticket.row["due_at"].time();
    row.set("late", due && is_unfinished(phase) && due->us < call.ctx.now().us);
    if (const auto read = ticket.row["read_at"].time(); read && ticket.row["created_at"].time())
        row.set("read_after", duration(call, read->us - ticket.row["created_at"].time()->us));
}

void add_history(const Call& call, const Ticket& ticket, Value& data, bool all) {
    const int most = all ? 500 : kShownChanges;
    const auto rows = read_history(call, ticket.id, std::nullopt, most);
    data.set("history", shown_history(call, rows, static_cast<std::size_t>(most)));
    data.set("history_more", rows.size() > static_cast<std::size_t>(most));
}

// The ticket that this one went into, for who may see it.
Value merged_into(const Call& call, const Ticket& ticket) {
    const auto into = ticket.row["merged_into"].integer();
    if (!into) return {};
    guichet::Query query{call.ctx};
    query.sql("select t.id, t.ref, t.subject from ticket t where t.id = ").arg(*into).sql(" and ");
    Access{call.ctx, kRead}.add_any(query);
    const auto rows = query.run();
    return rows.empty() ? Value{} : rows.row(0);
}

// Who watches it, and what it is linked to; the forms that add to both.
void add_around(const Call& call, const Ticket& ticket, Value& data, Value entered) {
    const auto watchers = read_watchers(call, ticket.id);
    bool watching = false;
    for (std::size_t i = 0; i < watchers.size(); ++i) watching = watching || watchers[i]["me"].boolean().value_or(false);
    data.set("watchers", watchers).set("watchers_count", static_cast<int64_t>(watchers.size())).set("watching", watching);
    data.set("users", options_of(call, Field::assignee, {})).set("locked", ticket.locked);
    data.set("links", read_links(call, ticket.id)).set("relations", relation_options(call));
    data.set("entered", entered ? entered : call.ctx.object().set("ticket", "").set("relation", "related"));
    data.set("merged_into", merged_into(call, ticket));
}

// Whoever wrote in has an address that is nobody's or of several customers: an agent says whose it is (row S2-10).
void add_owners(const Call& call, const Ticket& ticket, Value& data) {
    const auto email = ticket.row["requester_email"].text().value_or("");
    if (!ticket.may_update || ticket.values.id(Field::account) || email.empty()) return;
    const auto owners = directory::owners_of(call.ctx, email);
    data.set("owners", owners);
    data.set("owners_title", owners.size() > 1 ? call.tr("Several customers have this address. Whose is it?")
                                               : call.tr("This address is known. Is it this customer?"));
}

// What the conditions of actions see.
Value action_data(const Call& call, Value row) {
    auto out = call.ctx.object().set("status", row["status"]["code"]);
    for (const auto name : {"id", "ref", "phase", "priority", "type", "account_id", "assignee_id", "mine"}) out.set(name, row[name]);
    return out;
}

Value typed_values(const Call& call, const Ticket& ticket, const Values* typed) {
    const auto& from = typed ? *typed : ticket.values;
    return call.ctx.object()
        .set("subject", from[Field::subject])
        .set("description", from[Field::description])
        .set("requester_email", from[Field::requester_email]);
}

Value ticket_data(const Call& call, const Ticket& ticket, const Trouble& trouble) {
    auto row = ticket.row;
    add_state(call, ticket, row);
    auto data = call.ctx.object();
    data.set("title", std::string{row["ref"].text().value_or("")} + " – " + ticket.values[Field::subject]);
    auto breadcrumb = call.ctx.array();
    breadcrumb.push(call.ctx.object().set("label", call.tr("Tickets")).set("url", "/tickets").set("hotkey", "g l"))
        .push(call.ctx.object().set("label", row["ref"]));
    data.set("ticket", row)
        .set("breadcrumb", breadcrumb)
        .set("choices", choices(call, ticket))
        .set("dates", dates(call, ticket, trouble))
        .set("tags", tags_value(call, ticket.values[Field::tags]))
        .set("steps", steps(call, ticket))
        .set("form", typed_values(call, ticket, trouble.typed));
    add_around(call, ticket, data, trouble.entered);
    data.set("actions", call.ctx.actions(kObject, action_data(call, row)));
    data.set("may_update", ticket.may_update).set("may_delete", ticket.may_delete);
    data.set("errors", trouble.errors).set("conflict", trouble.conflict);
    const auto custom =
        guichet::field_controls(call.ctx, kObject, guichet::kEveryAudience, ticket.values.custom, trouble.typed_custom, trouble.errors);
    data.set("custom", guichet::page_sections(call.ctx, custom));
    data.set("description_open", trouble.typed && (*trouble.typed)[Field::description] != ticket.values[Field::description]);
    return data;
}

void send_whole(const Call& call, Request request, Value data, const Ticket& ticket, const Composing* typed) {
    add_conversation(call, request, ticket, typed, data);
    add_history(call, ticket, data, request.query("history") == "all");
    add_owners(call, ticket, data);
    request.page("ticket/page.html", data);
}

}  // namespace

void show_ticket(const Call& call, Request request) {
    auto ticket = load(call, request.id());
    if (mark_read(call, ticket)) ticket = load(call, ticket.id);
    send_whole(call, request, ticket_data(call, ticket, {}), ticket, nullptr);
}

void send_ticket(const Call& call, Request request, const Ticket& ticket, const Trouble& trouble) {
    auto data = ticket_data(call, ticket, trouble);
    if (!request.is_htmx()) return send_whole(call, request, data, ticket, nullptr);
    data.set("fragment", true);
    add_recipient(call, ticket, data);
    add_history(call, ticket, data, false);
    request.page("ticket/saved.html", data);
}

void send_conversation(const Call& call, Request request, const Ticket& ticket, const Composing* typed) {
    auto data = ticket_data(call, ticket, {});
    add_conversation(call, request, ticket, typed, data);
    data.set("fragment", true);
    request.page("ticket/conversation_saved.html", data);
}

void send_ticket(const Call& call, Request request, const Ticket& ticket, const Composing& typed) {
    send_whole(call, request, ticket_data(call, ticket, {}), ticket, &typed);
}

}  // namespace tickets
