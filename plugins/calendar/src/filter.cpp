#include "filter.hpp"

#include "access.hpp"

namespace calendar {

using guichet::Value;

namespace {

bool has(Value people, int64_t id) {
    for (std::size_t i = 0; i < people.size(); ++i)
        if (people[i]["id"].integer() == id) return true;
    return false;
}

std::optional<int64_t> read_one(guichet::Ctx ctx, guichet::Request request, std::string_view name, Value people,
                                guichet::Problems& problems) {
    const auto text = request.query(name).value_or("");
    if (text.empty()) return std::nullopt;
    if (text == "me" && name == "user") return ctx.user_id();
    const auto id = guichet::to_integer(text);
    if (id && has(people, *id)) return id;
    problems.add(name, ctx.tr("There is no such choice."));
    return std::nullopt;
}

}  // namespace

Filter read_filter(guichet::Ctx ctx, guichet::Request request, guichet::Problems& problems) {
    Filter out;
    out.user = read_one(ctx, request, "user", ctx.users(), problems);
    out.team = read_one(ctx, request, "team", ctx.teams(), problems);
    out.type = request.query("type").value_or("");
    if (!out.type.empty() && !type_of(ctx, out.type)) {
        problems.add("type", ctx.tr("There is no such choice."));
        out.type.clear();
    }
    return out;
}

void add_filter(guichet::Query& query, const Filter& filter) {
    if (filter.user) {
        query.sql(" and ");
        add_of_user(query, *filter.user);
    }
    if (filter.team) {
        query.sql(" and ");
        add_of_team(query, *filter.team);
    }
    if (filter.ticket) query.sql(" and e.ticket_id = ").arg(*filter.ticket);
    if (filter.account) query.sql(" and e.account_id = ").arg(*filter.account);
    if (filter.type.empty()) return;
    query.sql(" and e.type = ").arg(filter.type).sql("::text and ");
    add_details(query);  // the type of a private event tells something about it
}

Value type_options(guichet::Ctx ctx, std::string_view current) {
    auto out = ctx.array();
    const auto items = ctx.list("calendar.type");
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto code = items[i]["code"].text().value_or("");
        if (items[i]["active"].boolean().value_or(true) || code == current)
            out.push(ctx.object().set("value", code).set("label", items[i]["label"]));
    }
    return out;
}

Value people_options(guichet::Ctx ctx, Value people) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < people.size(); ++i)
        out.push(ctx.object().set("value", std::to_string(people[i]["id"].integer().value_or(0))).set("label", people[i]["name"]));
    return out;
}

Value type_of(guichet::Ctx ctx, std::string_view code) {
    const auto items = ctx.list("calendar.type");
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]["code"].text() == code) return items[i];
    return {};
}

}  // namespace calendar
