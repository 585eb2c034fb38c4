#include "api.hpp"

#include "feed_page.hpp"
#include "notices.hpp"
#include "rule_input.hpp"
#include "rule_store.hpp"

namespace notifications::api {

using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

Value rule_value(guichet::Ctx ctx, const Rule& rule) {
    auto conditions = ctx.object();
    for (const auto& [field, values] : rule.conditions) {
        auto list = ctx.array();
        for (const auto& value : values) list.push(value);
        conditions.set(field, list);
    }
    auto recipients = ctx.array();
    for (const auto& r : rule.recipients) {
        auto recipient = ctx.object().set("kind", r.kind);
        if (r.user) recipient.set("user", *r.user);
        if (r.team) recipient.set("team", *r.team);
        if (!r.address.empty()) recipient.set("address", r.address);
        recipients.push(recipient);
    }
    auto out = ctx.object().set("id", rule.id).set("event", rule.event).set("first_only", rule.first_only).set("active", rule.active);
    return out.set("conditions", conditions).set("recipients", recipients).set("version", rule.version);
}

std::map<std::string, std::vector<std::string>> read_conditions(Value object) {
    std::map<std::string, std::vector<std::string>> out;
    for (std::size_t i = 0; i < object.size(); ++i) {
        const auto values = object[object.key(i)];
        for (std::size_t k = 0; k < values.size(); ++k) out[std::string{object.key(i)}].emplace_back(values[k].text().value_or(""));
    }
    return out;
}

std::vector<Recipient> read_recipients(Value list) {
    std::vector<Recipient> out;
    for (std::size_t i = 0; i < list.size(); ++i)
        out.push_back({std::string{list[i]["kind"].text().value_or("")}, list[i]["user"].integer(), list[i]["team"].integer(),
                       std::string{list[i]["address"].text().value_or("")}});
    return out;
}

void read_member(guichet::Ctx ctx, std::string_view name, Value value, Rule& to, Problems& problems) {
    if (name == "event") to.event = value.text().value_or("");
    else if ((name == "first_only" || name == "active") && value.boolean())
        (name == "active" ? to.active : to.first_only) = *value.boolean();
    else if (name == "first_only" || name == "active") problems.add(name, ctx.tr("This must be true or false."));
    else if (name == "version") to.version = value.integer().value_or(to.version);
    else if (name == "conditions") to.conditions = read_conditions(value);
    else if (name == "recipients") to.recipients = read_recipients(value);
    else problems.add(name, ctx.tr("There is no such member here."));
}

Rule checked(guichet::Ctx ctx, Value body, Rule rule) {
    Problems problems{ctx};
    for (std::size_t i = 0; i < body.size(); ++i) read_member(ctx, body.key(i), body[body.key(i)], rule, problems);
    check_rule(ctx, rule, "conditions.", problems);
    problems.throw_if_any();
    return rule;
}

}  // namespace

void list_rules(guichet::Ctx ctx, Request request) {
    auto items = ctx.array();
    for (const auto& rule : read_rules(ctx)) items.push(rule_value(ctx, rule));
    request.json(ctx.object().set("items", items));
}

void create_rule(guichet::Ctx ctx, Request request) {
    const auto id = add_rule(ctx, checked(ctx, request.json(), {}));
    request.status(201);
    request.json(rule_value(ctx, read_rule(ctx, id)));
}

void patch_rule(guichet::Ctx ctx, Request request) {
    change_rule(ctx, checked(ctx, request.json(), read_rule(ctx, request.id())));
    request.json(rule_value(ctx, read_rule(ctx, request.id())));
}

void delete_rule(guichet::Ctx ctx, Request request) {
    remove_rule(ctx, read_rule(ctx, request.id()).id);
    request.status(204);
}

void list_notices(guichet::Ctx ctx, Request request) {
    const auto feed = read_feed(ctx, request.query("unread") == "1", guichet::to_integer(request.query("before").value_or("")));
    const auto shown = present_feed(ctx, feed);
    auto items = ctx.array();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (!shown[i]["text"]) continue;  // of a ticket that he may not read any more
        auto item = ctx.object();
        for (const auto name : {"id", "event", "text", "ticket_id", "message_id", "created_at", "unread"}) item.set(name, shown[i][name]);
        items.push(item);
    }
    auto out = ctx.object().set("items", items);
    if (feed.size() > shown.size()) out.set("before", shown[shown.size() - 1]["id"]);
    request.json(out);
}

}  // namespace notifications::api
