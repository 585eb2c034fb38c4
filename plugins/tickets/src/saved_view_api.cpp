#include "saved_view_api.hpp"

#include "paging.hpp"
#include "saved_view.hpp"

#include <guichet/sdk/entity_tag.hpp>

namespace tickets::api {

using guichet::Request;
using guichet::Value;

namespace {

Value value_of(const Call& call, const SavedView& view) {
    return call.ctx.object()
        .set("id", view.id)
        .set("name", view.name)
        .set("query", view.query)
        .set("shared", view.shared)
        .set("owner", view.owner)
        .set("version", view.version);
}

void send(const Call& call, Request request, const SavedView& view) {
    request.header("ETag", guichet::entity_tag(view.version));
    request.json(value_of(call, view));
}

// What the body has of a view; other members are problems.
void read(const Call& call, Value body, SavedView& view, guichet::Problems& problems) {
    if (!body.is_object()) throw guichet::Error{GUICHET_E_INVALID, std::string{call.tr("A JSON object is expected.")}};
    for (std::size_t i = 0; i < body.size(); ++i) {
        const auto name = body.key(i);
        const auto value = body[name];
        const auto text = value.text();
        if (name == "name" && text) view.name = view_name(call, *text, problems);
        else if (name == "query" && text) view.query = view_query(call, *text, Unknown::refused, problems);
        else if (name == "shared" && value.boolean()) {
            view.shared = *value.boolean();
            check_sharing(call, view.shared, problems);
        } else
            problems.add(name, call.tr(name == "name" || name == "query" ? "This must be text."
                                       : name == "shared"                ? "This must be true or false."
                                                                         : "There is no such member."));
    }
}

void require_match(const Call& call, Request request, const SavedView& view) {
    if (guichet::if_match(request, view.version)) return;
    throw guichet::Error{GUICHET_E_PRECONDITION, guichet::fill(call.tr("The view is at version %1."), {guichet::entity_tag(view.version)})};
}

}  // namespace

void list_views(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    check_names(call, request, {}, {}, problems);
    problems.throw_if_any();
    auto items = call.ctx.array();
    for (const auto& view : saved_views(call)) items.push(value_of(call, view));
    request.json(call.ctx.object().set("items", items).set("next", std::nullopt));
}

void create_view(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    SavedView view;
    view.owner = call.ctx.user_id();
    const auto body = request.json();
    read(call, body, view, problems);
    if (!body["name"]) view_name(call, "", problems);
    problems.throw_if_any();
    guichet::Tx tx{call.ctx};
    view.id = add_view(call, view, problems);
    problems.throw_if_any();
    tx.commit();
    request.status(201);
    request.header("Location", "/api/v1/tickets/views/" + std::to_string(view.id));
    send(call, request, load_view(call, view.id));
}

void get_view(const Call& call, Request request) { send(call, request, load_view(call, request.id())); }

void patch_view(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    guichet::Tx tx{call.ctx};
    auto view = load_view_for_update(call, request.id());
    require_change(view);
    require_match(call, request, view);
    read(call, request.json(), view, problems);
    change_view(call, view, problems);
    problems.throw_if_any();
    tx.commit();
    send(call, request, load_view(call, view.id));
}

void delete_view(const Call& call, Request request) {
    guichet::Tx tx{call.ctx};
    const auto view = load_view_for_update(call, request.id());
    require_change(view);
    require_match(call, request, view);
    erase_view(call, view.id);
    tx.commit();
    request.status(204);
}

}  // namespace tickets::api
