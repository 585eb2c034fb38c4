#include "line_page.hpp"

#include "form.hpp"
#include "intervention_page.hpp"
#include "intervention_store.hpp"
#include "line_store.hpp"

namespace interventions::line_page {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

// From the technician's page back to it.
std::string back_of(Request request) {
    const auto from = request.query("from").value_or(request.form("from").value_or(""));
    return intervention_page::path_of(request.id()) + (from == "work" ? "/work" : "");
}

Form form_of(Ctx ctx, Request request, Value sheet, Value row) {
    present_intervention(ctx, sheet);
    Form form{.page = "interventions/line_form.html",
              .title = ctx.tr(row ? "Edit the line" : "Add a line"),
              .breadcrumb = {},
              .back = back_of(request)};
    if (row) form.version = row["version"].integer().value_or(0);
    form.breadcrumb = crumbs(ctx, {{ctx.tr("Interventions"), "/interventions"},
                                   {sheet["name"].text().value_or(""), intervention_page::path_of(request.id())},
                                   {form.title, ""}});
    const auto users = ctx.users();
    auto people = ctx.array();
    for (std::size_t i = 0; i < users.size(); ++i)
        people.push(ctx.object().set("value", as_text(users[i]["id"])).set("label", users[i]["name"]));
    form.more = ctx.object().set("people", people).set("from", form.back.ends_with("/work") ? "work" : "");
    return form;
}

// Whether the user was told that it is locked.
bool refused(Ctx ctx, Request request, Value sheet) {
    const auto why = lock_of(ctx, sheet);
    if (why.empty()) return false;
    present_intervention(ctx, sheet);
    refuse(ctx, request, sheet["name"].text().value_or(""), why, back_of(request));
    return true;
}

}  // namespace

void new_form(Ctx ctx, Request request) {
    const auto sheet = intervention_page::row_to_change(ctx, request);
    if (refused(ctx, request, sheet)) return;
    auto draft = new_line(ctx, request.id());
    if (const auto kind = request.query("kind"); kind == "travel" || kind == "part") draft.set("kind", *kind);
    show_form(ctx, request, form_of(ctx, request, sheet, {}), draft);
}

void create(Ctx ctx, Request request) {
    const auto sheet = intervention_page::row_to_change(ctx, request);
    if (refused(ctx, request, sheet)) return;
    auto draft = new_line(ctx, request.id());
    draft.read_form(request);
    draft.set("intervention_id", std::to_string(request.id()));
    Problems problems{ctx};
    check_line(ctx, draft, problems);
    submit_new(ctx, request, form_of(ctx, request, sheet, {}), draft, problems, [&] {
        create_line(ctx, draft);
        return back_of(request);
    });
}

void edit_form(Ctx ctx, Request request) {
    const auto sheet = intervention_page::row_to_change(ctx, request);
    if (refused(ctx, request, sheet)) return;
    const auto row = get_line(ctx, request.id(), request.id("line_id"));
    show_form(ctx, request, form_of(ctx, request, sheet, row), Draft{ctx, kLine, row});
}

void update(Ctx ctx, Request request) {
    const auto sheet = intervention_page::row_to_change(ctx, request);
    if (refused(ctx, request, sheet)) return;
    const auto row = get_line(ctx, request.id(), request.id("line_id"));
    Draft draft{ctx, kLine, row};
    draft.read_form(request);
    Problems problems{ctx};
    check_line(ctx, draft, problems);
    submit_edit(
        ctx, request, form_of(ctx, request, sheet, row), draft, problems,
        [&](int64_t version) { return update_line(ctx, draft, row, version); },
        [&] { return get_line(ctx, request.id(), request.id("line_id")); });
}

void remove(Ctx ctx, Request request) {
    const auto sheet = intervention_page::row_to_change(ctx, request);
    if (refused(ctx, request, sheet)) return;
    const auto row = get_line(ctx, request.id(), request.id("line_id"));
    if (request.form("confirmed") != "1")
        return ask(ctx, request, row["description"].text().value_or(""), ctx.tr("Delete this line? It cannot be brought back."),
                   ctx.tr("Delete"), back_of(request));
    delete_line(ctx, row);
    request.redirect(back_of(request));
}

}  // namespace interventions::line_page
