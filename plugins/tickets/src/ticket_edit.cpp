#include "ticket_edit.hpp"

#include "history.hpp"
#include "instant.hpp"
#include "ticket_events.hpp"
#include "ticket_input.hpp"
#include "ticket_page.hpp"
#include "toast.hpp"
#include "transitions.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

constexpr Field kEditable[] = {Field::subject,  Field::description,       Field::status,     Field::priority,
                               Field::type,     Field::category,          Field::severity,   Field::account,
                               Field::contact,  Field::contract,          Field::assignee,   Field::in_charge,
                               Field::team,     Field::channel,           Field::started_at, Field::due_at,
                               Field::progress, Field::visible_to_client, Field::tags,       Field::requester_email};

std::string_view shown(const Call& call, const Ticket& ticket, Field field, const std::string& value) {
    if (value.empty()) return call.tr("Not set");
    const auto people = is_user(field) ? call.ctx.users() : field == Field::team ? call.ctx.teams() : Value{};
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people[i]["id"].integer() == guichet::to_integer(value)) return people[i]["name"].text().value_or(value);
    if (value == ticket.values[field] && field == Field::account) return ticket.row["account_name"].text().value_or(value);
    if (value == ticket.values[field] && field == Field::contact) return ticket.row["contact_name"].text().value_or(value);
    return label_of(call, field, value);
}

// As the form sends it: statuses by their code.
std::string_view typed_value(const Call& call, Field field, const std::string& value) {
    if (field != Field::status) return value;
    const auto* status = call.statuses.by_id(guichet::to_integer(value).value_or(0));
    return status ? std::string_view{status->code} : std::string_view{value};
}

// Custom fields that somebody else has changed since the version and the form wants otherwise.
void add_custom(const Call& call, const Ticket& ticket, Value typed, int64_t version, Value& fields) {
    const auto controls = call.ctx.present_fields(kObject, guichet::kEveryAudience, ticket.values.custom);
    for (std::size_t i = 0; i < controls.size(); ++i) {
        const auto name = "custom." + std::string{controls[i]["code"].text().value_or("")};
        const auto mine = typed[controls[i]["code"].text().value_or("")].text();
        if (!mine || *mine == controls[i]["value"].text() || !changed_since(call, ticket.id, name, version)) continue;
        const auto theirs = controls[i]["text"].text().value_or("");
        fields.push(call.ctx.object()
                        .set("name", name)
                        .set("label", controls[i]["label"])
                        .set("theirs", theirs.empty() ? call.tr("Not set") : theirs)
                        .set("mine", mine->empty() ? call.tr("Not set") : *mine)
                        .set("value", *mine));
    }
}

Value conflict(const Call& call, const Ticket& ticket, const Values& mine, Value typed_custom, int64_t version) {
    auto fields = call.ctx.array();
    for (const auto& field : kFields) {
        const auto &theirs = ticket.values[field.field], &typed = mine[field.field];
        if (theirs == typed || !changed_since(call, ticket.id, field.name, version)) continue;
        auto row = call.ctx.object()
                       .set("name", field.name)
                       .set("label", call.tr(field.label))
                       .set("value", typed_value(call, field.field, typed));
        if (is_instant(field.field)) row.set("moment", true).set("theirs", parse_instant(theirs)).set("mine", parse_instant(typed));
        else row.set("theirs", shown(call, ticket, field.field, theirs)).set("mine", shown(call, ticket, field.field, typed));
        fields.push(row);
    }
    add_custom(call, ticket, typed_custom, version, fields);
    const auto saved = saved_since(call, ticket.id, version).value_or(Saved{"–", call.ctx.now()});
    return call.ctx.object().set("by", saved.by).set("at", saved.at).set("fields", fields);
}

int64_t typed_version(Request request) { return guichet::to_integer(request.form("version").value_or("")).value_or(0); }

void answer_saved(const Call& call, Request request, int64_t id, std::string_view message) {
    if (!request.is_htmx()) return request.redirect(path_of(id));
    toast(request, call.tr(message));
    send_ticket(call, request, load(call, id), Trouble{});
}

void try_change(const Call& call, const Ticket& ticket, TicketInput& input) {
    try {
        change(call, ticket, input.values());
    } catch (const guichet::Error& error) {
        show_veto(error, input.problems());
    }
}

// Nothing is stored when a field of the form was changed by somebody since the form was shown, unless both want the same.
template <class Wanted>
void save(const Call& call, Request request, std::string_view message, Wanted wanted) {
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, request.id());
    require_update(ticket);
    TicketInput input{call, ticket.values};
    wanted(input);
    if (typed_version(request) != ticket.version) {
        const auto both = conflict(call, ticket, input.values(), input.typed_custom(), typed_version(request));
        if (both["fields"].size() > 0) {
            request.status(409);
            return send_ticket(call, request, ticket, {.conflict = both, .typed = &input.values(), .typed_custom = input.typed_custom()});
        }
    }
    input.check();
    if (!input.problems()) try_change(call, ticket, input);
    if (input.problems()) {
        request.status(422);
        return send_ticket(call, request, ticket, {.errors = input.problems().by_field(), .typed = &input.values(), .typed_custom = input.typed_custom()});
    }
    tx.commit();
    answer_saved(call, request, ticket.id, message);
}

}  // namespace

void edit(const Call& call, Request request) {
    save(call, request, "Saved", [&](TicketInput& input) { input.read_form(request, kEditable); });
}

void step(const Call& call, Request request) {
    const auto& step = step_of(request);
    save(call, request, step.done, [&](TicketInput& input) { input.replace(after_step(call, step, input.values())); });
}

void remove(const Call& call, Request request) {
    guichet::Tx tx{call.ctx};
    const auto ticket = load_for_update(call, request.id());
    require_delete(ticket);
    if (request.form("confirmed") != "1") {
        auto data = call.ctx.object().set("title", call.tr("Delete this ticket?")).set("id", ticket.id);
        data.set("name", std::string{ticket.row["ref"].text().value_or("")} + " – " + ticket.values[Field::subject]);
        return request.page("ticket/delete.html", data);
    }
    erase(call, ticket.id);
    tx.commit();
    request.redirect("/tickets");
}

}  // namespace tickets
