#include "ticket_input.hpp"

#include "directory.hpp"
#include "instant.hpp"
#include "people.hpp"
#include "tags.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

bool contains(std::span<const Field> fields, Field field) { return std::ranges::find(fields, field) != fields.end(); }

}  // namespace

void TicketInput::problem(Field field, std::string_view msgid) { problems_.add(info(field).name, call_.tr(msgid)); }

void TicketInput::read_form(guichet::Request request, std::span<const Field> fields) {
    for (const auto field : fields)
        if (const auto typed = request.form(info(field).name)) read_text(field, *typed);
    if (contains(fields, Field::tags)) read_tags(request);
    typed_custom_ = request.custom_fields();
    values_.ext = request.extensions();
}

// The page adds and removes one at a time.
void TicketInput::read_tags(guichet::Request request) {
    auto& tags = values_[Field::tags];
    if (const auto added = request.form("add_tag")) tags = with_tag(tags, *added);
    if (const auto removed = request.form("remove_tag")) tags = without_tag(tags, *removed);
}

void TicketInput::read_tags(Value value) {
    std::string all;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const auto tag = value[i].text();
        if (!tag || tag->find(',') != tag->npos) return problem(Field::tags, tag ? "A tag has no comma." : "This must be text.");
        all.append(",").append(*tag);
    }
    values_[Field::tags] = normalised_tags(all);
}

void TicketInput::read_json(Value body, std::span<const Field> fields, std::initializer_list<std::string_view> others) {
    for (std::size_t i = 0; i < body.size(); ++i) {
        const auto name = body.key(i);
        const auto* field = find_field(name);
        if (field && contains(fields, field->field)) read_member(*field, body[name]);
        else if (name == "custom") typed_custom_ = body[name];
        else if (std::ranges::find(others, name) == others.end()) problems_.add(name, call_.tr("There is no such member here."));
    }
}

void TicketInput::read_member(const FieldInfo& field, Value value) {
    const bool by_either = is_user(field.field) || field.field == Field::team;
    const bool by_number = is_number(field.field) && !by_either;
    if (value.is_null()) read_text(field.field, "");
    else if (field.field == Field::tags) value.is_array() ? read_tags(value) : problem(field.field, "This must be a list of texts.");
    else if (field.field == Field::visible_to_client)
        value.boolean() ? read_text(field.field, *value.boolean() ? "true" : "false") : problem(field.field, "This must be true or false.");
    else if (const auto number = value.integer(); number && (by_number || by_either)) read_text(field.field, std::to_string(*number));
    else if (const auto text = value.text(); text && !by_number) read_text(field.field, *text);
    else problem(field.field, by_number ? "This must be a whole number." : "This must be text.");
}

void TicketInput::read_text(Field field, std::string_view typed) { values_[field] = normalised(field, typed); }

std::string TicketInput::normalised(Field field, std::string_view typed) {
    if (field == Field::description) return guichet::lines(typed);
    auto text = guichet::one_line(typed);
    switch (field) {
        case Field::status:
            return status_id(text);
        case Field::assignee:
        case Field::in_charge:
            return user_id(field, text);
        case Field::team:
            return team_id(text);
        case Field::started_at:
        case Field::due_at:
            return instant(field, text);
        case Field::visible_to_client:
            return text == "true" ? "true" : "false";
        case Field::tags:
            return normalised_tags(text);
        default:
            return text;
    }
}

std::string TicketInput::status_id(std::string_view code) {
    if (const auto* status = call_.statuses.by_code(code)) return std::to_string(status->id);
    problem(Field::status, "Choose one of the list.");
    return stored_[Field::status];
}

std::string TicketInput::user_id(Field field, std::string_view typed) {
    if (typed.empty() || typed == stored_[field]) return std::string{typed};  // who has left may stay
    if (const auto id = find_user(call_, typed)) return std::to_string(*id);
    problem(field, "There is no such user.");
    return {};
}

std::string TicketInput::team_id(std::string_view typed) {
    if (typed.empty() || typed == stored_[Field::team]) return std::string{typed};
    if (const auto id = find_team(call_, typed)) return std::to_string(*id);
    problem(Field::team, "There is no such team.");
    return {};
}

// With its offset, or as a browser sends what was chosen: the clock of the user's zone, to the minute.
std::string TicketInput::instant(Field field, std::string_view typed) {
    if (typed.empty()) return {};
    if (const auto time = parse_instant(typed)) return format_instant(*time);
    if (const auto time = parse_local(call_.ctx, typed)) return format_instant(*time);
    problem(field, "Give a valid date and time.");
    return {};
}

void TicketInput::check() {
    check_fields();
    check_parties();
    check_account_given();
    check_custom();
    check_form();
}

void TicketInput::check_fields() {
    check_subject();
    check_status();
    if (guichet::count_characters(values_[Field::description]) > kLongestDescription)
        problems_.add("description", guichet::fill(call_.tr("Use at most %1 characters."), {std::to_string(kLongestDescription)}));
    for (const auto field : {Field::priority, Field::type, Field::category, Field::severity}) check_code(field);
    if (!is_channel(values_[Field::channel])) problem(Field::channel, "Choose one of the list.");
    if (const auto wrong = tags_problem(call_, values_[Field::tags]); !wrong.empty()) problems_.add(info(Field::tags).name, wrong);
    check_progress();
    check_requester();
}

void TicketInput::check_status() {
    if (!changes(Field::status)) return;
    const auto* status = call_.statuses.by_id(values_.id(Field::status).value_or(0));
    if (!status || !status->active) problem(Field::status, "Choose one of the list.");
    else if (!call_.statuses.allows(stored_.id(Field::status).value_or(0), status->id))
        problem(Field::status, "The workflow does not allow this status now.");
}

void TicketInput::check_subject() {
    if (values_[Field::subject].empty()) problem(Field::subject, "Enter a title.");
    else if (guichet::count_characters(values_[Field::subject]) > kLongestSubject)
        problems_.add("subject", guichet::fill(call_.tr("The title is longer than %1 characters."), {std::to_string(kLongestSubject)}));
}

void TicketInput::check_code(Field field) {
    if (values_[field].empty() || !changes(field)) return;
    const auto options = options_of(call_, field, {});
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == values_[field]) return;
    problem(field, "Choose one of the list.");
}

void TicketInput::check_progress() {
    if (values_[Field::progress].empty()) values_[Field::progress] = "0";
    const auto percent = values_.id(Field::progress);
    if (!percent || *percent < 0 || *percent > 100) problem(Field::progress, "Give a whole number from 0 to 100.");
}

void TicketInput::check_requester() {
    const auto& address = values_[Field::requester_email];
    if (!address.empty() && !guichet::is_email(address))
        problem(Field::requester_email, "Enter an e-mail address such as name@example.com.");
}

// A ticket that has none may keep none.
void TicketInput::check_account_given() {
    const bool is_new = stored_[Field::subject].empty();
    if (!values_[Field::account].empty() || (!is_new && !changes(Field::account))) return;
    if (call_.ctx.settings()["account_required"].boolean().value_or(false)) problem(Field::account, "Choose the account.");
}

void TicketInput::check_parties() {
    if (changes(Field::account)) {
        if (!changes(Field::contact)) values_[Field::contact].clear();
        if (!changes(Field::contract)) values_[Field::contract].clear();
        check_account();
    }
    if (changes(Field::contact)) check_contact();
    if (changes(Field::contract)) check_contract();
}

void TicketInput::check_account() {
    if (values_[Field::account].empty()) return;
    const auto id = values_.id(Field::account);
    const auto account = id ? directory::account(call_.ctx, *id) : Value{};
    if (!account) return problem(Field::account, "There is no such account.");
    if (!directory::may_have_tickets(call_.ctx, account)) problem(Field::account, "This account is a lead. A ticket is for a customer.");
}

void TicketInput::check_contact() {
    if (values_[Field::contact].empty()) return;
    const auto id = values_.id(Field::contact);
    const auto contact = id ? directory::contact(call_.ctx, *id) : Value{};
    if (!contact) return problem(Field::contact, "There is no such contact.");
    const auto account = std::to_string(contact["account_id"].integer().value_or(0));
    if (values_[Field::account].empty() && !changes(Field::account)) values_[Field::account] = account;
    else if (values_[Field::account] != account) problem(Field::contact, "This contact belongs to another account.");
}

void TicketInput::check_custom() {
    if (typed_custom_ && !typed_custom_.is_object()) return problems_.add("custom", call_.tr("This must be an object."));
    values_.custom = problems_.merge_fields(kObject, audience_, stored_.custom, typed_custom_);
}

// What the form shows as mandatory (S0-22) is given with a new ticket, and not taken away later.
void TicketInput::check_form() {
    const bool is_new = stored_[Field::subject].empty();
    const auto form = call_.ctx.form(kObject, audience_ == guichet::kEveryAudience ? uint32_t{GUICHET_AUDIENCE_INTERNAL} : audience_);
    for (std::size_t i = 0; i < form.size(); ++i) {
        const auto* field = find_field(form[i]["code"].text().value_or(""));
        const auto asked = [&](std::string_view what) { return form[i][what].boolean().value_or(false); };
        if (!field || !asked("standard") || !asked("mandatory") || !values_[field->field].empty()) continue;
        if ((is_new ? asked("shown") : changes(field->field)) && !problems_.by_field()[field->name])
            problem(field->field, "Fill in this field.");
    }
}

void TicketInput::check_contract() {
    if (values_[Field::contract].empty()) return;
    const auto account = values_.id(Field::account);
    const auto running = account ? directory::running_contracts_of(call_.ctx, *account) : Value{};
    for (std::size_t i = 0; i < running.size(); ++i)
        if (running[i]["id"].integer() == values_.id(Field::contract)) return;
    problem(Field::contract, "This is not a running contract of the account.");
}

}  // namespace tickets
