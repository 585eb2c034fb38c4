#include "canned_api.hpp"

#include "canned_input.hpp"

namespace tickets::api {

using guichet::Request;
using guichet::Value;

namespace {

Value reply_value(const Call& call, Value row) {
    auto out = call.ctx.object();
    for (const auto name : {"id", "name", "body", "team", "active", "version"}) out.set(name, row[name]);
    return out;
}

void read_member(const Call& call, std::string_view name, Value value, TypedReply& to, guichet::Problems& problems) {
    const auto number = value.integer();
    if (name == "name" && value.text()) to.name = *value.text();
    else if (name == "body" && value.text()) to.body = *value.text();
    else if (name == "team" && (value.is_null() || number || value.text()))
        to.team = number ? std::to_string(*number) : std::string{value.text().value_or("")};
    else if (name == "active" && value.boolean()) to.active = *value.boolean();
    else if (name == "name" || name == "body" || name == "team") problems.add(name, call.tr("This must be text."));
    else if (name == "active") problems.add(name, call.tr("This must be true or false."));
    else if (name != "version") problems.add(name, call.tr("There is no such member here."));
}

CannedReply read_reply(const Call& call, Value body, TypedReply typed, std::optional<int64_t> stored_team) {
    guichet::Problems problems{call.ctx};
    for (std::size_t i = 0; i < body.size(); ++i) read_member(call, body.key(i), body[body.key(i)], typed, problems);
    const auto reply = check_reply(call, typed, stored_team, problems);
    problems.throw_if_any();
    return reply;
}

}  // namespace

void list_canned(const Call& call, Request request) {
    const bool all = request.query("all") == "1";
    if (all) call.ctx.require(kManageCanned);
    const auto rows = (all ? all_replies(call) : offered_replies(call, guichet::one_line(request.query("q").value_or("")), 200)).value();
    auto items = call.ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) items.push(reply_value(call, rows[i]));
    request.json(call.ctx.object().set("items", items));
}

void create_canned(const Call& call, Request request) {
    const auto id = add_reply(call, read_reply(call, request.json(), {}, std::nullopt));
    request.status(201);
    request.json(reply_value(call, any_reply(call, id)));
}

void patch_canned(const Call& call, Request request) {
    const auto body = request.json();
    const auto row = any_reply(call, request.id());
    const auto team = row["team"].integer();
    const TypedReply stored{std::string{row["name"].text().value_or("")}, std::string{row["body"].text().value_or("")},
                            team ? std::to_string(*team) : std::string{}, row["active"].boolean().value_or(true)};
    const auto reply = read_reply(call, body, stored, team);
    change_reply(call, request.id(), body["version"].integer().value_or(row["version"].integer().value_or(0)), reply);
    request.json(reply_value(call, any_reply(call, request.id())));
}

void delete_canned(const Call& call, Request request) {
    remove_reply(call, request.id());
    request.status(204);
}

}  // namespace tickets::api
