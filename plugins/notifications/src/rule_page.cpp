#include "rule_page.hpp"

#include "rule_input.hpp"
#include "rule_store.hpp"
#include "rule_words.hpp"
#include "trial.hpp"

namespace notifications {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPath = "/admin/notifications";
constexpr std::size_t kEmptyRows = 2;

std::optional<int64_t> id_of(Request request) { return request.param("id") ? std::optional{request.id()} : std::nullopt; }

Value breadcrumb(guichet::Ctx ctx, std::string_view title) {
    return ctx.array()
        .push(ctx.object().set("label", ctx.tr("Notification rules")).set("url", kPath))
        .push(ctx.object().set("label", title));
}

// Active users whom no mail reaches (S0-13).
Value without_address(guichet::Ctx ctx) {
    const auto rows = ctx.exec(
                             "select u.id, u.name, coalesce(u.email, '') as email from core.user_v1 u where u.active and exists"
                             " (select from core.user_level_v1 l where l.user_id = u.id and l.permission in ('*', 'notifications.receive'))"
                             " order by lower(u.name), u.id")
                          .value();
    auto out = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (!guichet::is_email(rows[i]["email"].text().value_or(""))) out.push(rows[i]);
    return out;
}

Value occasions(guichet::Ctx ctx) {
    auto out = ctx.array();
    for (const auto& occasion : kOccasions) out.push(ctx.object().set("value", occasion.id).set("label", ctx.tr(occasion.label)));
    return out;
}

Value conditions(guichet::Ctx ctx, const Rule& rule, Value errors) {
    auto out = ctx.array();
    for (const auto& field : kConditionFields) {
        const auto it = rule.conditions.find(std::string{field.id});
        const auto offered = condition_options(ctx, field);
        for (std::size_t i = 0; i < offered.size(); ++i) {
            auto option = offered[i];
            const auto value = std::string{option["value"].text().value_or("")};
            option.set("checked", it != rule.conditions.end() && std::ranges::find(it->second, value) != it->second.end());
        }
        const auto name = "when_" + std::string{field.id};
        out.push(ctx.object()
                     .set("name", name)
                     .set("label", ctx.tr(field.label))
                     .set("options", offered)
                     .set("used", it != rule.conditions.end())
                     .set("error", errors[name]));
    }
    return out;
}

Value recipient_rows(guichet::Ctx ctx, const Rule& rule) {
    auto out = ctx.array();
    for (const auto& r : rule.recipients) out.push(ctx.object().set("value", written(r)).set("address", r.address));
    for (std::size_t i = 0; i < kEmptyRows && out.size() < kMostRecipients; ++i) out.push(ctx.object().set("value", "").set("address", ""));
    return out;
}

Value recipient_choices(guichet::Ctx ctx) {
    auto out = ctx.array();
    for (const auto& kind : kRecipientKinds)
        if (kind.id != "user" && kind.id != "team") out.push(ctx.object().set("value", kind.id).set("label", ctx.tr(kind.label)));
    return out;
}

// [{value, label}] of users or teams.
Value named(guichet::Ctx ctx, Value people, std::string_view kind) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto value = std::string{kind} + ":" + std::to_string(people[i]["id"].integer().value_or(0));
        out.push(ctx.object().set("value", value).set("label", people[i]["name"]));
    }
    return out;
}

void send_form(guichet::Ctx ctx, Request request, const Rule& rule, Value errors) {
    const auto title = ctx.tr(rule.id ? "Edit a rule" : "Add a rule");
    request.page("rules/form.html", ctx.object()
                                        .set("title", title)
                                        .set("breadcrumb", breadcrumb(ctx, title))
                                        .set("id", rule.id)
                                        .set("version", rule.version)
                                        .set("event", rule.event)
                                        .set("first_only", rule.first_only)
                                        .set("active", rule.active)
                                        .set("occasions", occasions(ctx))
                                        .set("conditions", conditions(ctx, rule, errors))
                                        .set("rows", recipient_rows(ctx, rule))
                                        .set("choices", recipient_choices(ctx))
                                        .set("users", named(ctx, active_users(ctx), "user"))
                                        .set("teams", named(ctx, active_teams(ctx), "team"))
                                        .set("errors", errors));
}

}  // namespace

void show_rules(guichet::Ctx ctx, Request request) {
    auto rules = ctx.array();
    for (const auto& rule : read_rules(ctx)) rules.push(rule_words(ctx, rule));
    auto data = ctx.object().set("title", ctx.tr("Notification rules")).set("rules", rules).set("without_address", without_address(ctx));
    data.set("no_fallback", !guichet::is_email(ctx.settings()["fallback_address"].text().value_or("")));
    data.set("occasions", occasions(ctx));
    add_trial(ctx, request, data);
    request.page("rules/list.html", data);
}

void show_rule_form(guichet::Ctx ctx, Request request) {
    const auto id = id_of(request);
    send_form(ctx, request, id ? read_rule(ctx, *id) : Rule{}, ctx.object());
}

void save_rule(guichet::Ctx ctx, Request request) {
    const auto id = id_of(request);
    if (id) read_rule(ctx, *id);
    guichet::Problems problems{ctx};
    auto rule = read_rule_form(ctx, request, problems);
    rule.id = id.value_or(0);
    try {
        if (!problems && id) change_rule(ctx, rule);
        else if (!problems) add_rule(ctx, rule);
    } catch (const guichet::Error& error) {
        if (error.code() != GUICHET_E_CONFLICT) throw;
        problems.add("event", error.what());
        rule.version = read_rule(ctx, *id).version;
    }
    if (!problems) return request.redirect(kPath);
    request.status(422);
    send_form(ctx, request, rule, problems.by_field());
}

void switch_rule(guichet::Ctx ctx, Request request) {
    activate_rule(ctx, read_rule(ctx, request.id()).id, request.form("active") == "1");
    request.redirect(kPath);
}

void move_rule(guichet::Ctx ctx, Request request) {
    shift_rule(ctx, read_rule(ctx, request.id()).id, request.form("to") == "up");
    request.redirect(std::string{kPath} + "#rule-" + std::to_string(request.id()));
}

void delete_rule(guichet::Ctx ctx, Request request) {
    const auto rule = read_rule(ctx, request.id());
    if (request.form("confirmed") != "1")
        return request.page("rules/delete.html", ctx.object().set("title", ctx.tr("Delete this rule?")).set("rule", rule_words(ctx, rule)));
    remove_rule(ctx, rule.id);
    request.redirect(kPath);
}

}  // namespace notifications
