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

std::vector<std::string> read_condition(guichet::Ctx ctx, Request request, const ConditionField& field, guichet::Problems& problems) {
    std::vector<std::string> out;
    const auto name = "when_" + std::string{field.id};
    const auto offered = condition_options(ctx, field);
    for (std::size_t i = 0; auto value = request.form(name, i); ++i) {
        bool known = false;
        for (std::size_t k = 0; k < offered.size() && !known; ++k) known = offered[k]["value"].text() == *value;
        if (!known) problems.add(name, ctx.tr("Choose among what is offered."));
        out.emplace_back(*value);
    }
    return out;
}

// Nothing for a row without a choice.
std::optional<Recipient> read_recipient(guichet::Ctx ctx, std::string_view chosen, std::string_view typed, guichet::Problems& problems) {
    const auto address = guichet::one_line(typed);
    if (chosen.empty() && address.empty()) return std::nullopt;
    Recipient out{std::string{chosen.substr(0, chosen.find(':'))}, {}, {}, {}};
    const auto id = guichet::to_integer(chosen.find(':') == chosen.npos ? "" : chosen.substr(chosen.find(':') + 1));
    if (out.kind == "user") out.user = id;
    if (out.kind == "team") out.team = id;
    if (out.kind == "address" || (chosen.empty() && !address.empty())) out.kind = "address", out.address = address;
    const bool known = std::ranges::find(kRecipientKinds, out.kind, &RecipientKind::id) != kRecipientKinds.end();
    if (!known || (out.kind == "user" && !(id && has(active_users(ctx), *id))) ||
        (out.kind == "team" && !(id && has(active_teams(ctx), *id))))
        problems.add("recipients", ctx.tr("Choose recipients among what is offered."));
    else if (out.kind == "address" && !guichet::is_email(out.address))
        problems.add("recipients", ctx.tr("Enter an e-mail address such as name@example.com."));
    return out;
}

}  // namespace

Rule read_rule_form(guichet::Ctx ctx, Request request, guichet::Problems& problems) {
    Rule rule;
    rule.event = request.form("event").value_or("");
    rule.first_only = request.form("mode") == "first";
    rule.active = request.form("active") == "1";
    rule.version = guichet::to_integer(request.form("version").value_or("")).value_or(0);
    if (!find_occasion(rule.event)) problems.add("event", ctx.tr("Choose what people are told of."));
    for (const auto& field : kConditionFields)
        if (auto values = read_condition(ctx, request, field, problems); !values.empty())
            rule.conditions[std::string{field.id}] = std::move(values);
    for (std::size_t i = 0; i < kMostRecipients; ++i) {
        const auto chosen = request.form("recipient", i);
        if (!chosen) break;
        if (auto recipient = read_recipient(ctx, *chosen, request.form("address", i).value_or(""), problems))
            rule.recipients.push_back(std::move(*recipient));
    }
    if (rule.recipients.empty()) problems.add("recipients", ctx.tr("Say who is told."));
    return rule;
}

}  // namespace notifications
