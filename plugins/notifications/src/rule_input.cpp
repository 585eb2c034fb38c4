#include "rule_input.hpp"

#include "rule_words.hpp"

namespace notifications {

using guichet::Request;
using guichet::Value;

namespace {

bool has(Value people, int64_t id) {
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people[i]["id"].integer() == id) return true;
    return false;
}

bool offers(Value options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return true;
    return false;
}

std::vector<std::string> read_condition(Request request, const ConditionField& field) {
    std::vector<std::string> out;
    for (std::size_t i = 0; auto value = request.form("when_" + std::string{field.id}, i); ++i) out.emplace_back(*value);
    return out;
}

// Nothing for a row without a choice.
std::optional<Recipient> read_recipient(std::string_view chosen, std::string_view typed) {
    const auto address = guichet::one_line(typed);
    if (chosen.empty() && address.empty()) return std::nullopt;
    Recipient out{std::string{chosen.substr(0, chosen.find(':'))}, {}, {}, {}};
    const auto id = guichet::to_integer(chosen.find(':') == chosen.npos ? "" : chosen.substr(chosen.find(':') + 1));
    if (out.kind == "user") out.user = id;
    if (out.kind == "team") out.team = id;
    if (out.kind == "address" || (chosen.empty() && !address.empty())) out.kind = "address", out.address = address;
    return out;
}

void check_recipient(guichet::Ctx ctx, const Recipient& r, guichet::Problems& problems) {
    const bool known = std::ranges::find(kRecipientKinds, r.kind, &RecipientKind::id) != kRecipientKinds.end();
    const bool user = r.user && has(active_users(ctx), *r.user), team = r.team && has(active_teams(ctx), *r.team);
    const bool fits =
        r.user.has_value() == (r.kind == "user") && r.team.has_value() == (r.kind == "team") && r.address.empty() == (r.kind != "address");
    if (r.kind == "address" && !guichet::is_email(r.address))
        problems.add("recipients", ctx.tr("Enter an e-mail address such as name@example.com."));
    else if (!known || !fits || (r.kind == "user" && !user) || (r.kind == "team" && !team))
        problems.add("recipients", ctx.tr("Choose recipients among what is offered."));
}

}  // namespace

Rule read_rule_form(guichet::Ctx ctx, Request request, guichet::Problems& problems) {
    Rule rule;
    rule.event = request.form("event").value_or("");
    rule.first_only = request.form("mode") == "first";
    rule.active = request.form("active") == "1";
    rule.version = guichet::to_integer(request.form("version").value_or("")).value_or(0);
    for (const auto& field : kConditionFields)
        if (auto values = read_condition(request, field); !values.empty()) rule.conditions[std::string{field.id}] = std::move(values);
    for (std::size_t i = 0; i < kMostRecipients; ++i) {
        const auto chosen = request.form("recipient", i);
        if (!chosen) break;
        if (auto recipient = read_recipient(*chosen, request.form("address", i).value_or("")))
            rule.recipients.push_back(std::move(*recipient));
    }
    check_rule(ctx, rule, "when_", problems);
    return rule;
}

void check_rule(guichet::Ctx ctx, const Rule& rule, std::string_view prefix, guichet::Problems& problems) {
    if (!find_occasion(rule.event)) problems.add("event", ctx.tr("Choose what people are told of."));
    for (const auto& [field, values] : rule.conditions) {
        const auto* known = std::ranges::find(kConditionFields, field, &ConditionField::id);
        const auto offered = known == kConditionFields.end() ? Value{} : condition_options(ctx, *known);
        for (const auto& value : values)
            if (!offers(offered, value)) problems.add(std::string{prefix} + field, ctx.tr("Choose among what is offered."));
    }
    for (const auto& recipient : rule.recipients) check_recipient(ctx, recipient, problems);
    if (rule.recipients.empty() || rule.recipients.size() > kMostRecipients) problems.add("recipients", ctx.tr("Say who is told."));
}

}  // namespace notifications
