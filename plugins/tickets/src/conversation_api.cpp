#include "conversation_api.hpp"

#include "fields.hpp"
#include "history.hpp"
#include "message_input.hpp"
#include "message_post.hpp"
#include "ticket_filter.hpp"
#include "ticket_store.hpp"

#include <algorithm>

namespace tickets::api {

using guichet::Request;
using guichet::Value;

namespace {

constexpr std::string_view kPagingNames[] = {"limit", "cursor"};

Paging read_page(const Call& call, Request request, std::string_view sort) {
    guichet::Problems problems{call.ctx};
    check_names(call, request, kPagingNames, {}, problems);
    const auto paging = read_paging(call, request, sort, problems);
    problems.throw_if_any();
    return paging;
}

Value message_value(const Call& call, Value row) {
    return call.ctx.object()
        .set("id", row["id"])
        .set("ticket_id", row["ticket_id"])
        .set("author", row["author_id"])
        .set("author_email", row["author_email"])
        .set("body", row["body"])
        .set("visibility", row["visibility"])
        .set("to_user", row["to_user_id"])
        .set("by_mail", row["by_mail"])
        .set("mailed_to", row["mailed_to"])
        .set("created_at", row["created_at"]);
}

Draft typed_message(const Call& call, Value body, guichet::Problems& problems) {
    static constexpr std::string_view kNames[] = {"body", "visibility", "to_user", "by_mail"};
    for (std::size_t i = 0; i < body.size(); ++i)
        if (std::ranges::find(kNames, body.key(i)) == std::end(kNames)) problems.add(body.key(i), call.tr("There is no such member here."));
    for (const auto name : {"body", "visibility"})
        if (body[name] && !body[name].text()) problems.add(name, call.tr("This must be text."));
    if (!body["by_mail"].is_null() && !body["by_mail"].boolean()) problems.add("by_mail", call.tr("This must be true or false."));
    const auto number = body["to_user"].integer();
    if (!body["to_user"].is_null() && !number && !body["to_user"].text()) problems.add("to_user", call.tr("This must be text."));
    if (!body["to_user"].is_null() && body["visibility"].text() != "private")
        problems.add("to_user", call.tr("Only a private message has a recipient."));
    return {std::string{body["body"].text().value_or("")}, std::string{body["visibility"].text().value_or("")},
            number ? std::to_string(*number) : std::string{body["to_user"].text().value_or("")}, body["by_mail"].boolean().value_or(false)};
}

// Statuses are ids in the table and codes outside.
Value change_value(const Call& call, Value row) {
    auto out = call.ctx.object().set("id", row["id"]).set("at", row["at"]).set("by", row["by_id"]).set("field", row["field"]);
    const bool status = row["field"].text() == info(Field::status).name;
    for (const auto& [name, column] : {std::pair{"from", "from_value"}, std::pair{"to", "to_value"}}) {
        const auto* found = status ? call.statuses.by_id(guichet::to_integer(row[column].text().value_or("")).value_or(0)) : nullptr;
        const auto json = row["field"].text().value_or("").starts_with("custom.") ? row[column].text() : std::nullopt;
        if (found) out.set(name, found->code);
        else if (json) out.set(name, guichet::parse_json(call.ctx, *json));
        else out.set(name, row[column]);
    }
    return out;
}

template <class Shown, class Next>
void send_page(const Call& call, Request request, const guichet::Rows& rows, int limit, Shown shown, Next next) {
    const auto all = rows.value();
    const auto most = static_cast<std::size_t>(limit);
    auto items = call.ctx.array();
    for (std::size_t i = 0; i < all.size() && i < most; ++i) items.push(shown(call, all[i]));
    auto body = call.ctx.object().set("items", items).set("next", std::nullopt);
    if (all.size() > most) body.set("next", encode(next(all[most - 1])));
    request.json(body);
}

}  // namespace

void list_messages(const Call& call, Request request) {
    const auto paging = read_page(call, request, "messages");
    const auto ticket = load(call, request.id());
    send_page(call, request, read_messages(call, ticket.id, paging.after, paging.limit), paging.limit, message_value, [](Value last) {
        return Cursor{"messages", last["created_at"].time().value_or(guichet::Time{0}).us, last["id"].integer().value_or(0), ""};
    });
}

void create_message(const Call& call, Request request) {
    const auto body = request.json();
    const auto ticket = load_editable(call, request.id());
    guichet::Problems problems{call.ctx};
    const auto message = check_message(call, typed_message(call, body, problems), problems);
    problems.throw_if_any();
    const auto id = post_message(call, ticket, message, request);
    request.status(201);
    request.json(message_value(call, read_message(call, id)));
}

void list_history(const Call& call, Request request) {
    const auto paging = read_page(call, request, "history");
    const auto ticket = load(call, request.id());
    send_page(call, request, read_history(call, ticket.id, paging.after, paging.limit), paging.limit, change_value, [](Value last) {
        return Cursor{"history", 0, last["id"].integer().value_or(0), ""};
    });
}

}  // namespace tickets::api
