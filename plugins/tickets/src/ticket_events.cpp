#include "ticket_events.hpp"

#include "tags.hpp"
#include "ticket_input.hpp"

namespace tickets {

using guichet::Value;

namespace {

// As plugin.json says.
constexpr Field kEditable[] = {Field::subject,  Field::description, Field::priority, Field::type,  Field::category,
                               Field::severity, Field::assignee,    Field::team,     Field::due_at};

std::string subject_of(int64_t ticket) { return "ticket/" + std::to_string(ticket); }

// Statuses by their code, as in REST.
std::string status_code(const Call& call, const std::string& id) {
    const auto* status = call.statuses.by_id(guichet::to_integer(id).value_or(0));
    return status ? status->code : id;
}

void add_fields(const Call& call, const Values& values, Value& to) {
    for (const auto& field : kFields) {
        const auto& text = values[field.field];
        if (text.empty()) to.set(field.name, std::nullopt);
        else if (is_number(field.field)) to.set(field.name, values.id(field.field));
        else if (field.field == Field::status) to.set(field.name, status_code(call, text));
        else if (field.field == Field::visible_to_client) to.set(field.name, text == "true");
        else to.set(field.name, text);
    }
    to.set(info(Field::tags).name, tags_value(call, values[Field::tags]));
    to.set("custom", values.custom ? values.custom : call.ctx.object());
}

std::string as_text(Value value) {
    if (const auto text = value.text()) return std::string{*text};
    if (const auto number = value.integer()) return std::to_string(*number);
    return {};
}

Values edited(const Call& call, Values values, Value data) {
    auto edits = call.ctx.object();
    for (const auto field : kEditable)
        if (as_text(data[info(field).name]) != values[field]) edits.set(info(field).name, data[info(field).name]);
    if (edits.size() == 0) return values;
    TicketInput input{call, std::move(values)};
    input.read_json(edits, kEditable, {});
    input.check_fields();
    if (const auto wrong = input.problems().by_field(); wrong.size() > 0) {
        const auto member = wrong.key(0);
        throw guichet::Error{GUICHET_E_INTERNAL, std::string{"the hook of "}.append(call.ctx.edited_by(member)).append(" spoilt \"").append(member)
                                                     .append("\" of a ticket: ").append(wrong[member].text().value_or(""))};
    }
    return input.values();
}

void add_extensions(const Call& call, const Values& values, Value& data) { data.set("ext", values.ext ? values.ext : call.ctx.object()); }

}  // namespace

Values creating(const Call& call, Values values) {
    auto data = call.ctx.object();
    add_fields(call, values, data);
    add_extensions(call, values, data);
    call.ctx.before("tickets.ticket_creating", 1, "ticket/new", data);
    return edited(call, std::move(values), data);
}

Values updating(const Call& call, const Ticket& ticket, Values values) {
    auto data = call.ctx.object().set("id", ticket.id), was = call.ctx.object();
    add_fields(call, ticket.values, was);
    data.set("was", was);
    add_fields(call, values, data);
    add_extensions(call, values, data);
    call.ctx.before("tickets.ticket_updating", 1, subject_of(ticket.id), data);
    return edited(call, std::move(values), data);
}

void show_veto(const guichet::Error& error, guichet::Problems& problems) {
    if (error.code() != GUICHET_E_VETO) throw error;
    problems.add(error.field().empty() ? "subject" : error.field(), error.what());
}

void created(const Call& call, int64_t id, std::string_view ref, const Values& values) {
    auto data = call.ctx.object().set("id", id).set("ref", ref);
    add_fields(call, values, data);
    call.ctx.after("tickets.ticket_created", 1, subject_of(id), data);
}

void updated(const Call& call, int64_t id, int64_t version, const std::vector<Change>& changes) {
    auto list = call.ctx.array();
    const auto text = [&](const Change& change, const std::string& value) {
        if (value.empty()) return std::optional<std::string>{};
        return std::optional{change.field == info(Field::status).name ? status_code(call, value) : value};
    };
    for (const auto& change : changes)
        list.push(call.ctx.object().set("field", change.field).set("from", text(change, change.from)).set("to", text(change, change.to)));
    call.ctx.after("tickets.ticket_updated", 1, subject_of(id), call.ctx.object().set("id", id).set("version", version).set("changes", list));
}

void transitioned(const Call& call, int64_t id, int64_t version, const Values& from, const Values& to) {
    auto data = call.ctx.object().set("id", id).set("version", version);
    data.set("from", status_code(call, from[Field::status])).set("from_phase", phase_of(call, from));
    data.set("to", status_code(call, to[Field::status])).set("to_phase", phase_of(call, to));
    call.ctx.after("tickets.ticket_transitioned", 1, subject_of(id), data);
}

void ended(const Call& call, int64_t id, int64_t version, const Values& values) {
    auto data = call.ctx.object().set("id", id).set("version", version).set("status", status_code(call, values[Field::status]));
    call.ctx.after("tickets.ticket_closed", 1, subject_of(id), data);
}

void merged(const Call& call, int64_t id, int64_t into) {
    call.ctx.after("tickets.ticket_merged", 1, subject_of(id), call.ctx.object().set("id", id).set("into", into));
}

void deleted(const Call& call, int64_t id) { call.ctx.after("tickets.ticket_deleted", 1, subject_of(id), call.ctx.object().set("id", id)); }

void message_adding(const Call& call, int64_t ticket, const NewMessage& message, Value ext) {
    auto data = call.ctx.object().set("ticket_id", ticket).set("visibility", message.visibility).set("ext", ext);
    call.ctx.before("tickets.message_adding", 1, subject_of(ticket), data);
}

void message_added(const Call& call, int64_t id, int64_t ticket, const NewMessage& message) {
    auto data =
        call.ctx.object().set("id", id).set("ticket_id", ticket).set("visibility", message.visibility).set("by_mail", message.by_mail);
    data.set("from_customer", !message.author_email.empty()).set("automatic", message.automatic);
    call.ctx.after("tickets.message_added", 1, subject_of(ticket), data);
}

}  // namespace tickets
