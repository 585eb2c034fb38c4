#include "saved_view_page.hpp"

#include "saved_view.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

Value shown(const Call& call, const SavedView& view) {
    return call.ctx.object()
        .set("id", view.id)
        .set("name", view.name)
        .set("shared", view.shared)
        .set("mine", view.owner == call.ctx.user_id())
        .set("may_change", view.may_change)
        .set("url", address_of(view));
}

// typed: the view whose form was wrong, id 0 for a new one.
void send(const Call& call, Request request, const SavedView* typed, const guichet::Problems& problems) {
    auto rows = call.ctx.array();
    for (const auto& view : saved_views(call)) {
        auto row = shown(call, view);
        if (typed && typed->id == view.id) row.set("name", typed->name).set("errors", problems.by_field());
        rows.push(row);
    }
    auto data = call.ctx.object().set("title", call.tr("Saved views")).set("views", rows);
    if (typed && typed->id == 0)
        data.set("form", call.ctx.object().set("name", typed->name).set("query", typed->query).set("shared", typed->shared))
            .set("errors", problems.by_field());
    request.page("views/page.html", data);
}

}  // namespace

void show_views(const Call& call, Request request) { send(call, request, nullptr, guichet::Problems{call.ctx}); }

void save_view(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    SavedView view;
    view.owner = call.ctx.user_id();
    view.name = view_name(call, request.form("name").value_or(""), problems);
    view.query = view_query(call, request.form("query").value_or(""), Unknown::left_out, problems);
    view.shared = request.form("shared") == "1";
    check_sharing(call, view.shared, problems);
    guichet::Tx tx{call.ctx};
    view.id = add_view(call, view, problems);
    if (problems) {
        request.status(422);
        return send(call, request, &view, problems);
    }
    tx.commit();
    request.redirect(address_of(view));
}

void edit_view(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    guichet::Tx tx{call.ctx};
    auto view = load_view_for_update(call, request.id());
    require_change(view);
    if (const auto name = request.form("name")) {
        view.name = view_name(call, *name, problems);
        view.shared = request.form("shared") == "1";
        check_sharing(call, view.shared, problems);
    }
    if (const auto query = request.form("query")) view.query = view_query(call, *query, Unknown::left_out, problems);
    change_view(call, view, problems);
    if (problems) {
        request.status(422);
        return send(call, request, &view, problems);
    }
    tx.commit();
    request.redirect(request.form("query") ? address_of(view) : "/tickets/views");
}

void delete_view(const Call& call, Request request) {
    guichet::Tx tx{call.ctx};
    const auto view = load_view_for_update(call, request.id());
    require_change(view);
    if (request.form("confirmed") != "1") {
        const auto data = call.ctx.object().set("title", call.tr("Delete this view?")).set("id", view.id).set("name", view.name);
        return request.page("views/delete.html", data);
    }
    erase_view(call, view.id);
    tx.commit();
    request.redirect("/tickets/views");
}

}  // namespace tickets
