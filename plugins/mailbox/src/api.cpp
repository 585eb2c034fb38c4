#include "api.hpp"

#include "mailbox_input.hpp"

#include <guichet/sdk/entity_tag.hpp>

namespace mailbox::api {

using guichet::Ctx;
using guichet::Request;

namespace {

void send(Ctx ctx, Request request, int64_t id) {
    const auto row = mailbox_row(ctx, id);
    request.header("ETag", guichet::entity_tag(row["version"].integer().value_or(0)));
    request.json(row);
}

guichet::Value matching_row(Ctx ctx, Request request) {
    const auto row = mailbox_row(ctx, request.id());
    if (guichet::if_match(request, row["version"].integer().value_or(0))) return row;
    throw guichet::Error{GUICHET_E_PRECONDITION, std::string{ctx.tr("Somebody else changed this meanwhile. Load the page again.")}};
}

}  // namespace

void list(Ctx ctx, Request request) { request.json(ctx.object().set("items", mailbox_rows(ctx)).set("next", std::nullopt)); }

void create(Ctx ctx, Request request) {
    auto input = new_mailbox(ctx);
    guichet::Problems problems{ctx};
    apply_json(ctx, request.json(), input, problems);
    check(ctx, input, problems);
    problems.throw_if_any();
    const auto id = add_mailbox(ctx, input);
    request.status(201);
    request.header("Location", "/api/v1/mailboxes/" + std::to_string(id));
    send(ctx, request, id);
}

void get(Ctx ctx, Request request) { send(ctx, request, request.id()); }

void patch(Ctx ctx, Request request) {
    const auto row = matching_row(ctx, request);
    auto input = stored_mailbox(row);
    guichet::Problems problems{ctx};
    apply_json(ctx, request.json(), input, problems);
    check(ctx, input, problems);
    problems.throw_if_any();
    change_mailbox(ctx, request.id(), row["version"].integer(), input);
    send(ctx, request, request.id());
}

void remove(Ctx ctx, Request request) {
    matching_row(ctx, request);
    remove_mailbox(ctx, request.id());
    request.status(204);
}

}  // namespace mailbox::api
