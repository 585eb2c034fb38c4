#include "fields.hpp"

#include <algorithm>

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
    {Field::in_charge, "in_charge", "In charge of the issue", ""},
    {Field::team, "team", "Team", ""},
    {Field::channel, "channel", "Origin", ""},
    {Field::started_at, "started_at", "Started", ""},
    {Field::due_at, "due_at", "Due", ""},
    {Field::progress, "progress", "Progress", ""},
    {Field::visible_to_client, "visible_to_client", "Shown to the customer", ""},
    {Field::tags, "tags", "Tags", ""},
    {Field::requester_email, "requester_email", "E-mail of the requester", ""},
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

struct ChannelLabel {
    std::string_view code, label;
    bool offered;  // the rest is set by what brings the ticket in
};
constexpr ChannelLabel kChannels[] = {{"agent", "By an agent", true}, {"phone", "By phone", true},  {"email", "By e-mail", true},
                                      {"letter", "By letter", true},  {"web", "On the web", false}, {"api", "Through the API", false}};

std::string_view channel_label(const Call& call, std::string_view code) {
    for (const auto& channel : kChannels)
        if (channel.code == code) return call.tr(channel.label);
    return code;
}

void add_option(const Call& call, Value& options, std::string_view value, std::string_view label) {
    options.push(call.ctx.object().set("value", value).set("label", label));
}

void add_people(const Call& call, Value& options, Value people) {
    for (std::size_t i = 0; i < people.size(); ++i)
        add_option(call, options, std::to_string(people[i]["id"].integer().value_or(0)), people[i]["name"].text().value_or(""));
}

// What may follow the current one, which is offered whatever it is; without a current one all that are active.
void add_statuses(const Call& call, Value& options, int64_t current) {
    for (const auto& status : call.statuses.all())
        if (status.id == current || (status.active && call.statuses.allows(current, status.id)))
            add_option(call, options, status.code, status.label(call.ctx.language()));
}

void add_channels(const Call& call, Value& options, std::string_view current) {
    for (const auto& channel : kChannels)
        if (channel.offered || channel.code == current) add_option(call, options, channel.code, call.tr(channel.label));
}

// Tens, and what REST has set between them.
void add_steps(const Call& call, Value& options, std::string_view current) {
    const auto now = guichet::to_integer(current).value_or(0);
    for (int64_t percent = 0; percent <= 100; ++percent)
        if (percent % 10 == 0 || percent == now) add_option(call, options, std::to_string(percent), std::to_string(percent) + " %");
}

}  // namespace

const FieldInfo& info(Field field) { return kFields[static_cast<std::size_t>(field)]; }

const FieldInfo* find_field(std::string_view name) {
    for (const auto& field : kFields)
        if (field.name == name) return &field;
    return nullptr;
}

bool is_channel(std::string_view code) {
    return std::ranges::any_of(kChannels, [&](const ChannelLabel& channel) { return channel.code == code; });
}
bool is_user(Field field) { return field == Field::assignee || field == Field::in_charge; }
bool is_instant(Field field) { return field == Field::started_at || field == Field::due_at; }
bool is_number(Field field) {
    return is_user(field) || field == Field::team || field == Field::account || field == Field::contact || field == Field::contract ||
           field == Field::progress;
}

std::optional<int64_t> Values::id(Field field) const { return guichet::to_integer((*this)[field]); }

std::string_view phase_of(const Call& call, const Values& values) {
    const auto* status = status_of(call, values[Field::status]);
    return status ? std::string_view{status->phase} : std::string_view{};
}

std::string_view label_of(const Call& call, Field field, std::string_view value) {
    if (field == Field::status) {
        const auto* status = status_of(call, value);
        return status ? status->label(call.ctx.language()) : value;
    }
    if (field == Field::channel) return channel_label(call, value);
    if (field == Field::visible_to_client) return call.tr(value == "true" ? "Yes" : "No");
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

Value every_channel(const Call& call) {
    auto out = call.ctx.array();
    for (const auto& channel : kChannels) add_option(call, out, channel.code, call.tr(channel.label));
    return out;
}

Value options_of(const Call& call, Field field, std::string_view current) {
    auto out = call.ctx.array();
    if (field == Field::status) add_statuses(call, out, guichet::to_integer(current).value_or(0));
    else if (is_user(field)) add_people(call, out, call.ctx.users());
    else if (field == Field::channel) add_channels(call, out, current);
    else if (field == Field::progress) add_steps(call, out, current);
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
