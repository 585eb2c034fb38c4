#include "attachment_api.hpp"

#include "attachment_store.hpp"
#include "message_store.hpp"
#include "ticket_store.hpp"

namespace tickets::api {

using guichet::Request;

namespace {

void send_list(const Call& call, Request request, int64_t ticket, const std::vector<int64_t>* only) {
    const auto all = read_attachments(call, ticket).value();
    auto items = call.ctx.array();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto row = all[i];
        const auto id = row["id"].integer().value_or(0);
        if (only && std::find(only->begin(), only->end(), id) == only->end()) continue;
        items.push(call.ctx.object()
                       .set("id", id)
                       .set("ticket_id", row["ticket_id"])
                       .set("message_id", row["message_id"])
                       .set("name", row["name"])
                       .set("type", row["type"])
                       .set("bytes", row["bytes"])
                       .set("created_by", row["created_by"])
                       .set("created_at", row["created_at"]));
    }
    request.json(call.ctx.object().set("items", items));
}

std::optional<int64_t> wanted_message(const Call& call, Request request, int64_t ticket, guichet::Problems& problems) {
    const auto text = request.form("message_id").value_or("");
    if (text.empty()) return std::nullopt;
    const auto id = guichet::to_integer(text);
    const auto message = id ? read_message(call, *id) : guichet::Value{};
    if (!message || message["ticket_id"].integer() != ticket) problems.add("message_id", call.tr("There is no such message here."));
    return id;
}

}  // namespace

void list_attachments(const Call& call, Request request) { send_list(call, request, load(call, request.id()).id, nullptr); }

void create_attachments(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    guichet::Problems problems{call.ctx};
    const auto message = wanted_message(call, request, ticket.id, problems);
    if (!request.upload(0)) problems.add("file", call.tr("Choose a file."));
    problems.throw_if_any();
    const auto ids = add_attachments(call, request, ticket.id, message);
    request.status(201);
    send_list(call, request, ticket.id, &ids);
}

void remove_attachment(const Call& call, Request request) {
    const auto ticket = load_editable(call, request.id());
    tickets::remove_attachment(call, ticket.id, request.id("file_id"));
    request.status(204);
}

}  // namespace tickets::api
