#include "ticket_form.hpp"

#include "directory.hpp"
#include "instant.hpp"
#include "ticket_events.hpp"
#include "ticket_input.hpp"
#include "ticket_store.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

constexpr Field kFormFields[] = {Field::subject,   Field::description, Field::account,  Field::contact,  Field::type,
                                 Field::priority,  Field::category,    Field::severity, Field::assignee, Field::team,
                                 Field::in_charge, Field::due_at,      Field::channel};

Value option(const Call& call, Value object, std::string_view hint) {
    auto label = std::string{object["name"].text().value_or("")};
    if (const auto more = object[hint].text(); more && !more->empty()) label += " – " + std::string{*more};
    return call.ctx.object().set("value", std::to_string(object["id"].integer().value_or(0))).set("label", label);
}

Value options(const Call& call, Value objects, std::string_view hint) {
    auto out = call.ctx.array();
    for (std::size_t i = 0; i < objects.size(); ++i) out.push(option(call, objects[i], hint));
    return out;
}

bool offers(Value options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return true;
    return false;
}

// What the search has found, and before it the account that is already chosen.
Value account_options(const Call& call, const Values& values, std::string_view q) {
    const auto chosen = values.id(Field::account);
    auto found = options(call, directory::accounts(call.ctx, q), "town");
    if (!chosen || offers(found, values[Field::account])) return found;
    const auto account = directory::account(call.ctx, *chosen);
    auto out = call.ctx.array();
    if (account) out.push(option(call, account, "town"));
    for (std::size_t i = 0; i < found.size(); ++i) out.push(found[i]);
    return out;
}

Value contact_options(const Call& call, const Values& values) {
    const auto account = values.id(Field::account);
    if (!account) return call.ctx.array();
    return options(call, directory::contacts_of(call.ctx, *account), "email");
}

Value form_values(const Call& call, const Values& values) {
    auto out = call.ctx.object();
    for (const auto field : kFormFields) out.set(info(field).name, values[field]);
    return out;
}

std::string_view empty_label(Field field) {
    if (field == Field::assignee || field == Field::in_charge) return "Nobody";
    return field == Field::team ? "None" : "Not set";
}

// Standard fields get what their controls need.
void add_controls(const Call& call, Value fields, const Values& values, Value errors) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto* field = find_field(fields[i]["code"].text().value_or(""));
        if (!field || !fields[i]["standard"].boolean().value_or(false)) continue;
        auto control = fields[i];
        control.set("value", values[field->field]).set("error", errors[field->name]);
        if (field->field != Field::channel) control.set("empty", call.tr(empty_label(field->field)));  // it is always one of the list
        if (field->field == Field::due_at) control.set("at", parse_instant(values[field->field]));
        control.set("options",
                    field->field == Field::contact ? contact_options(call, values) : options_of(call, field->field, values[field->field]));
    }
}

struct Form {
    const Values& values;
    std::string_view q;     // search for an account
    std::string_view back;  // where "Add" returns to; "" for the list
    Value errors{};
    Value typed_custom{};
};

void send_form(const Call& call, Request request, const Form& form) {
    auto data = call.ctx.object();
    data.set("title", call.tr("Add a ticket")).set("form", form_values(call, form.values)).set("q", form.q).set("back", form.back);
    data.set("accounts", account_options(call, form.values, form.q));
    data.set("errors", form.errors).set("extensions", request.extensions());
    const auto custom = guichet::field_controls(call.ctx, kObject, GUICHET_AUDIENCE_INTERNAL, {}, form.typed_custom, form.errors);
    const auto arranged = guichet::arranged_form(call.ctx, kObject, GUICHET_AUDIENCE_INTERNAL, custom);
    add_controls(call, arranged["fields"], form.values, form.errors);
    data.set("sections", arranged);
    request.page("new/page.html", data);
}

// Only a page of this site, as the widget gives it.
std::string_view local_path(std::string_view path) {
    return path.starts_with("/") && !path.starts_with("//") && path.find('\\') == path.npos ? path : std::string_view{};
}

// Ids in a link to the form are taken when the user may see what they name.
void preset(Request request, TicketInput& input) {
    for (const auto field : {Field::account, Field::contact})
        if (const auto id = guichet::to_integer(request.query(info(field).name).value_or(""))) input.set(field, std::to_string(*id));
    input.set(Field::subject, guichet::one_line(request.query("subject").value_or("")));
    input.check_parties();
    const auto wrong = input.problems().by_field();
    for (const auto field : {Field::account, Field::contact})
        if (wrong[info(field).name]) input.set(field, "");
}

}  // namespace

void show_new(const Call& call, Request request) {
    TicketInput input{call, empty_values(call)};
    preset(request, input);
    send_form(call, request,
              {input.values(), guichet::one_line(request.query("q").value_or("")), local_path(request.query("back").value_or("")), {}});
}

void add_ticket(const Call& call, Request request) {
    TicketInput input{call, empty_values(call), GUICHET_AUDIENCE_INTERNAL};
    input.read_form(request, kFormFields);
    const auto then = request.form("then").value_or("open");
    const auto q = guichet::one_line(request.form("q").value_or(""));
    const auto back = local_path(request.form("back").value_or(""));
    if (then == "find" || (then == "enter" && q != guichet::one_line(request.form("searched").value_or(""))))
        return send_form(call, request, {input.values(), q, back, {}, input.typed_custom()});
    input.check();
    if (input.problems()) {
        request.status(422);
        return send_form(call, request, {input.values(), q, back, input.problems().by_field(), input.typed_custom()});
    }
    try {
        const auto id = add(call, input.values());
        return request.redirect(then == "add" ? std::string{back.empty() ? "/tickets" : back} : path_of(id));
    } catch (const guichet::Error& error) {
        show_veto(error, input.problems());
    }
    request.status(422);
    send_form(call, request, {input.values(), q, back, input.problems().by_field(), input.typed_custom()});
}

}  // namespace tickets
