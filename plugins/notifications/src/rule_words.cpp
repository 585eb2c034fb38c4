#include "rule_words.hpp"

namespace notifications {

using guichet::Value;

namespace {

struct Word {
    std::string_view code, label;
};
constexpr Word kChannels[] = {{"agent", "By an agent"}, {"phone", "By phone"}, {"email", "By e-mail"},
                              {"letter", "By letter"},  {"web", "On the web"}, {"api", "Through the API"}};
constexpr Word kPhases[] = {{"new", "New"}, {"open", "Open"}, {"waiting", "Waiting"}, {"resolved", "Resolved"}, {"closed", "Closed"}};

void add(guichet::Ctx ctx, Value& to, std::string_view value, std::string_view label) {
    to.push(ctx.object().set("value", value).set("label", label));
}

template <std::size_t N>
Value options(guichet::Ctx ctx, const Word (&words)[N]) {
    auto out = ctx.array();
    for (const auto& word : words) add(ctx, out, word.code, ctx.tr(word.label));
    return out;
}

std::string name_of(guichet::Ctx ctx, Value people, std::optional<int64_t> id) {
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people[i]["id"].integer() == id) return std::string{people[i]["name"].text().value_or("")};
    return std::string{ctx.tr("somebody who has left")};
}

std::string label_of(Value options, const std::string& value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return std::string{options[i]["label"].text().value_or("")};
    return value;
}

}  // namespace

Value active_users(guichet::Ctx ctx) { return ctx.exec("select id, name from core.user_v1 where active order by lower(name), id").value(); }
Value active_teams(guichet::Ctx ctx) { return ctx.exec("select id, name from core.team_v1 where active order by lower(name), id").value(); }

Value condition_options(guichet::Ctx ctx, const ConditionField& field) {
    if (field.id == "channel") return options(ctx, kChannels);
    if (field.id == "phase") return options(ctx, kPhases);
    auto out = ctx.array();
    const auto items = field.id == "team" ? active_teams(ctx) : ctx.list(field.list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (field.id == "team") add(ctx, out, std::to_string(items[i]["id"].integer().value_or(0)), items[i]["name"].text().value_or(""));
        else add(ctx, out, items[i]["code"].text().value_or(""), items[i]["label"].text().value_or(""));
    }
    return out;
}

std::string written(const Recipient& recipient) {
    if (recipient.user) return "user:" + std::to_string(*recipient.user);
    if (recipient.team) return "team:" + std::to_string(*recipient.team);
    return recipient.kind;
}

std::string recipient_words(guichet::Ctx ctx, const Recipient& recipient) {
    if (recipient.kind == "user") return name_of(ctx, active_users(ctx), recipient.user);
    if (recipient.kind == "team") return guichet::fill(ctx.tr("the team %1"), {name_of(ctx, active_teams(ctx), recipient.team)});
    if (recipient.kind == "address") return recipient.address;
    const auto* kind = std::ranges::find(kRecipientKinds, recipient.kind, &RecipientKind::id);
    return std::string{ctx.tr(kind->label)};
}

Value rule_words(guichet::Ctx ctx, const Rule& rule) {
    const auto* occasion = find_occasion(rule.event);
    auto conditions = ctx.array(), recipients = ctx.array();
    for (const auto& field : kConditionFields) {
        const auto it = rule.conditions.find(std::string{field.id});
        if (it == rule.conditions.end()) continue;
        const auto offered = condition_options(ctx, field);
        std::string values;
        for (const auto& value : it->second) values += (values.empty() ? "" : ", ") + label_of(offered, value);
        conditions.push(ctx.object().set("label", ctx.tr(field.label)).set("values", values));
    }
    for (const auto& recipient : rule.recipients) recipients.push(recipient_words(ctx, recipient));
    return ctx.object()
        .set("id", rule.id)
        .set("event", rule.event)
        .set("event_label", ctx.tr(occasion->label))
        .set("icon", occasion->icon)
        .set("active", rule.active)
        .set("first_only", rule.first_only)
        .set("conditions", conditions)
        .set("recipients", recipients);
}

}  // namespace notifications
