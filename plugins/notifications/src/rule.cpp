#include "rule.hpp"

namespace notifications {

using guichet::Value;

const std::array<RecipientKind, 11> kRecipientKinds = {{
    {"assignee", "The assignee"},
    {"in_charge", "Who is in charge of the issue"},
    {"ticket_team", "The team of the ticket"},
    {"watchers", "Who watches the ticket"},
    {"alert_list", "The list of ticket alerts"},
    {"managers", "Managers and administrators"},
    {"fallback", "The fallback address"},
    {"user", "A user"},
    {"team", "A team"},
    {"address", "An address"},
    {"named", "Whom the module names"},
}};

const std::array<ConditionField, 8> kConditionFields = {{
    {"type", "Type", "type", "tickets.type"},
    {"priority", "Priority", "priority", "tickets.priority"},
    {"category", "Category", "category", "tickets.category"},
    {"severity", "Severity", "severity", "tickets.severity"},
    {"team", "Team", "team_id", ""},
    {"account_type", "Type of account", "account_type", "directory.account_type"},
    {"channel", "Origin", "channel", ""},
    {"phase", "Phase", "phase", ""},
}};

namespace {

std::string as_text(Value value) {
    if (const auto number = value.integer()) return std::to_string(*number);
    return std::string{value.text().value_or("")};
}

Rule read_rule(Value row) {
    Rule rule{row["id"].integer().value_or(0),
              as_text(row["event"]),
              row["first_only"].boolean().value_or(false),
              row["active"].boolean().value_or(true),
              row["version"].integer().value_or(0),
              {},
              {}};
    const auto conditions = row["conditions"], recipients = row["recipients"];
    for (std::size_t i = 0; i < conditions.size(); ++i)
        rule.conditions[as_text(conditions[i]["field"])].push_back(as_text(conditions[i]["value"]));
    for (std::size_t i = 0; i < recipients.size(); ++i) {
        const auto r = recipients[i];
        rule.recipients.push_back({as_text(r["kind"]), r["user_id"].integer(), r["team_id"].integer(), as_text(r["address"])});
    }
    return rule;
}

}  // namespace

std::vector<Rule> read_rules(guichet::Ctx ctx, std::optional<std::string_view> occasion) {
    const auto rows =
        ctx.exec(
               "select r.id, r.event, r.first_only, r.active, r.version,"
               " coalesce((select json_agg(json_build_object('field', c.field, 'value', c.value) order by c.field, c.value)"
               " from rule_condition c where c.rule_id = r.id), '[]') as conditions,"
               " coalesce((select json_agg(to_json(p) order by p.position) from rule_recipient p where p.rule_id = r.id), '[]')"
               " as recipients from rule r where $1::text is null or r.event = $1 order by r.position, r.id",
               occasion)
            .value();
    std::vector<Rule> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(read_rule(rows[i]));
    return out;
}

bool holds(const Rule& rule, Value ticket) {
    return std::ranges::all_of(kConditionFields, [&](const ConditionField& field) {
        const auto it = rule.conditions.find(std::string{field.id});
        return it == rule.conditions.end() || std::ranges::find(it->second, as_text(ticket[field.column])) != it->second.end();
    });
}

}  // namespace notifications
