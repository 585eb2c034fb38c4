#include "fields.hpp"

namespace tickets {

using guichet::Value;

const std::array<FieldInfo, kFieldCount> kFields = {{
    {Field::subject, "subject", "Title", ""},
    {Field::description, "description", "Description", ""},
    {Field::status, "status", "Status", ""},
    {Field::priority, "priority", "Priority", "tickets.priority"},
    {Field::type, "type", "Type", "tickets.type"},
    {Field::category, "category", "Category", "tickets.category"},
    {Field::severity, "severity", "Severity", "tickets.severity"},
    {Field::account, "account_id", "Account", ""},
    {Field::contact, "contact_id", "Contact", ""},
    {Field::contract, "contract_id", "Contract", ""},
    {Field::assignee, "assignee", "Assignee", ""},
    {Field::team, "team", "Team", ""},
    {Field::due_at, "due_at", "Due", ""},
    {Field::progress, "progress", "Progress", ""},
}};

namespace {

const Status* status_of(const Call& call, std::string_view value) {
    const auto id = guichet::to_integer(value);
    return id ? call.statuses.by_id(*id) : nullptr;
}

Value item_of(const Call& call, Field field, std::string_view code) {
    const auto items = call.ctx.list(info(field).list);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]["code"].text() == code) return items[i];
    return {};
}

void add_option(const Call& call, Value& options, std::string_view value, std::string_view label) {
    options.push(call.ctx.object().set("value", value).set("label", label));
}

void add_people(const Call& call, Value& options, Value people) {
    for (std::size_t i = 0; i < people.size(); ++i)
        add_option(call, options, std::to_string(people[i]["id"].integer().value_or(0)), people[i]["name"].text().value_or(""));
}

}  // namespace

const FieldInfo& info(Field field) { return kFields[static_cast<std::size_t>(field)]; }

const FieldInfo* find_field(std::string_view name) {
    for (const auto& field : kFields)
        if (field.name == name) return &field;
    return nullptr;
}

std::optional<int64_t> Values::id(Field field) const { return guichet::to_integer((*this)[field]); }

std::string_view label_of(const Call& call, Field field, std::string_view value) {
    if (field == Field::status) {
        const auto* status = status_of(call, value);
        return status ? status->label(call.ctx.language()) : value;
    }
    if (info(field).list.empty()) return value;
    return item_of(call, field, value)["label"].text().value_or(value);
}

Value badge_of(const Call& call, Field field, std::string_view value) {
    if (value.empty()) return {};
    if (field != Field::status) {
        if (const auto item = item_of(call, field, value)) return item;
        return call.ctx.object().set("code", value).set("label", value).set("color", "secondary");
    }
    const auto* status = status_of(call, value);
    if (!status) return {};
    return call.ctx.object().set("code", status->code).set("label", status->label(call.ctx.language())).set("color", status->color);
}

Value options_of(const Call& call, Field field, std::string_view current) {
    auto out = call.ctx.array();
    if (field == Field::status)
        for (const auto& status : call.statuses.all()) add_option(call, out, status.code, status.label(call.ctx.language()));
    else if (field == Field::assignee) add_people(call, out, call.ctx.users());
    else if (field == Field::team) add_people(call, out, call.ctx.teams());
    const auto items = info(field).list.empty() ? Value{} : call.ctx.list(info(field).list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto code = items[i]["code"].text().value_or("");
        if (items[i]["active"].boolean().value_or(true) || code == current)
            add_option(call, out, code, items[i]["label"].text().value_or(code));
    }
    return out;
}

}  // namespace tickets
