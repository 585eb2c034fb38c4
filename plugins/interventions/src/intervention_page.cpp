#include "intervention_page.hpp"

#include "access.hpp"
#include "document.hpp"
#include "equipment_store.hpp"
#include "file_store.hpp"
#include "intervention_store.hpp"
#include "line_store.hpp"
#include "others.hpp"
#include "record.hpp"
#include "signature.hpp"
#include "step.hpp"

#include <algorithm>

namespace interventions::intervention_page {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kOnAccount = 5;

// Everybody, with who is one of its technicians.
Value people(Ctx ctx, const std::vector<int64_t>& chosen) {
    auto out = ctx.array();
    const auto users = ctx.users();
    for (std::size_t i = 0; i < users.size(); ++i) {
        const auto id = users[i]["id"].integer().value_or(0);
        const bool checked = std::find(chosen.begin(), chosen.end(), id) != chosen.end();
        out.push(ctx.object().set("id", id).set("name", users[i]["name"]).set("checked", checked));
    }
    return out;
}

std::vector<int64_t> technicians_of(Value row) {
    std::vector<int64_t> out;
    const auto list = row["technicians"];
    for (std::size_t i = 0; i < list.size(); ++i) out.push_back(list[i]["id"].integer().value_or(0));
    return out;
}

Value contact_options(Ctx ctx, int64_t account_id, int64_t chosen) {
    return ctx
        .exec(
            "select id::text as value, name as label from directory.contact_v1 where account_id = $1 and (active or id = $2) order by "
            "name_key, id limit 200",
            account_id, chosen)
        .value();
}

std::string name_of(Ctx ctx, Value row) {
    if (const auto ref = row["ref"].text()) return std::string{*ref};
    return guichet::fill(ctx.tr("Draft %1"), {as_text(row["id"])});
}

Form form_of(Ctx ctx, const Draft& draft, Value row, const std::vector<int64_t>& technicians) {
    const auto account_id = draft.id("account_id");
    const auto account = find_account(ctx, account_id);
    Form form{.page = "interventions/form.html",
              .title = ctx.tr(row ? "Edit the intervention" : "Add an intervention"),
              .breadcrumb = {},
              .back = {}};
    form.more = ctx.object().set("account_id", account_id).set("account_name", account["name"]);
    form.more.set("contracts", contract_options(ctx, account_id, draft.id("contract_id")));
    form.more.set("equipment", equipment_options(ctx, account_id, draft.id("equipment_id")));
    form.more.set("contacts", contact_options(ctx, account_id, draft.id("contact_id"))).set("people", people(ctx, technicians));
    if (!row) {
        form.back = "/accounts/" + std::to_string(account_id);
        form.breadcrumb = crumbs(ctx, {{ctx.tr("Interventions"), "/interventions"}, {form.title, ""}});
        return form;
    }
    form.back = path_of(row["id"].integer().value_or(0));
    form.version = row["version"].integer().value_or(0);
    form.breadcrumb = crumbs(ctx, {{ctx.tr("Interventions"), "/interventions"}, {name_of(ctx, row), form.back}, {ctx.tr("Edit"), ""}});
    return form;
}

// Of an account that the user may see.
Draft draft_of_new(Ctx ctx, Request request) {
    const auto text = request.method() == "POST" ? request.form("account_id") : request.query("account_id");
    const auto account = find_account(ctx, guichet::to_integer(text.value_or("")).value_or(0));
    if (!account) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such account"};
    Draft draft{ctx, kIntervention};
    draft.set("account_id", as_text(account["id"]));
    return draft;
}

InterventionFilter wanted(Ctx ctx, Request request) {
    Problems ignored{ctx};
    InterventionFilter filter{.words = request.query("q").value_or(""), .status = request.query("status").value_or("")};
    const auto id = [&](std::string_view name, std::optional<int64_t>& to) {
        if (const auto text = request.query(name); text && !text->empty()) to = guichet::to_integer(*text).value_or(0);
    };
    id("account_id", filter.account_id);
    id("equipment_id", filter.equipment_id);
    id("ticket_id", filter.ticket_id);
    if (request.query("technician") == "me") filter.technician = ctx.user_id();
    else id("technician", filter.technician);
    filter.custom = guichet::read_field_filters(ctx, request, kInterventionObject, guichet::kEveryAudience, ignored);
    return filter;
}

// What is wrong: with a field, or with the whole (member "").
void show_page(Ctx ctx, Request request, Value row, Value errors = {}) {
    const auto id = request.id();
    present_intervention(ctx, row);
    const bool may_update = may(ctx, kUpdate, id);
    const auto locked = lock_of(ctx, row);
    auto data = ctx.object().set("title", row["name"]).set("sheet", row).set("errors", errors).set("locked", locked);
    data.set("breadcrumb", crumbs(ctx, {{ctx.tr("Interventions"), "/interventions"}, {row["name"].text().value_or(""), ""}}));
    data.set("may_update", may_update).set("may_change", may_update && locked.empty());
    data.set("may_delete", may(ctx, kDelete, id) && row["ref"].is_null() && locked.empty());
    if (may_update) data.set("steps", steps_of(ctx, row));
    const auto lines = shown_lines(ctx, id);
    data.set("lines", lines)
        .set("totals", totals_of(ctx, lines))
        .set("files", files_of(ctx, "intervention_id", id))
        .set("history", history_of(ctx, id));
    data.set("custom",
             guichet::page_sections(ctx, guichet::field_controls(ctx, kInterventionObject, guichet::kEveryAudience, row["custom"])));
    data.set("mail_to", mail_address(ctx, row));
    request.page("interventions/show.html", data);
}

// A conflict is said on the page itself.
template <class F>
void try_change(Ctx ctx, Request request, std::string_view anchor, F&& change) {
    (void)row_to_change(ctx, request);
    try {
        change();
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT && e.code() != GUICHET_E_INVALID) throw;
        request.status(e.code() == GUICHET_E_CONFLICT ? 409 : 422);
        return show_page(ctx, request, get_intervention(ctx, request.id()),
                         ctx.object().set(e.field().empty() ? "status" : e.field(), e.what()));
    }
    request.redirect(path_of(request.id()) + std::string{anchor});
}

}  // namespace

std::string path_of(int64_t id) { return "/interventions/" + std::to_string(id); }

Value row_to_change(Ctx ctx, Request request) {
    const auto row = get_intervention(ctx, request.id());
    require(ctx, kUpdate, request.id());
    return row;
}

void list(Ctx ctx, Request request) {
    const auto filter = wanted(ctx, request);
    const auto wants = wanted_page(request, kInterventionSorts);
    const auto page = list_interventions(ctx, filter, wants);
    for (std::size_t i = 0; i < page.items.size(); ++i) present_intervention(ctx, page.items[i]);
    auto data =
        ctx.object().set("title", ctx.tr("Interventions")).set("items", page.items).set("next", page.next).set("sort", wants.sort->name);
    data.set("q", filter.words)
        .set("status", filter.status)
        .set("statuses", intervention_statuses(ctx))
        .set("paged", wants.after.has_value());
    data.set("mine", request.query("technician") == "me");
    data.set("filtered", !filter.words.empty() || !filter.status.empty() || filter.account_id || filter.equipment_id || filter.ticket_id ||
                             filter.technician || !filter.custom.empty());
    if (request.is_htmx()) return request.page("interventions/results.html", data);
    data.set("fields", guichet::filter_controls(ctx, request, kInterventionObject, guichet::kEveryAudience))
        .set("fields_used", !filter.custom.empty());
    request.page("interventions/list.html", data);
}

void show(Ctx ctx, Request request) { show_page(ctx, request, get_intervention(ctx, request.id())); }

void create_from_ticket(Ctx ctx, Request request) {
    const auto ticket = request.id();
    try {
        request.redirect(path_of(create_for_ticket(ctx, ticket)));
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT) throw;
        refuse(ctx, request, ctx.tr("Interventions"), e.what(), "/tickets/" + std::to_string(ticket));
    }
}

void new_form(Ctx ctx, Request request) {
    const auto draft = draft_of_new(ctx, request);
    show_form(ctx, request, form_of(ctx, draft, {}, {ctx.user_id()}), draft);
}

void create(Ctx ctx, Request request) {
    auto draft = draft_of_new(ctx, request);
    draft.read_form(request);
    Problems problems{ctx};
    draft.check(problems);
    check_intervention(ctx, draft, problems);
    const auto technicians = read_technicians(ctx, request).value_or(std::vector<int64_t>{});
    submit_new(ctx, request, form_of(ctx, draft, {}, technicians), draft, problems,
               [&] { return path_of(create_intervention(ctx, draft, technicians)); });
}

void edit_form(Ctx ctx, Request request) {
    const auto row = row_to_change(ctx, request);
    if (const auto why = lock_of(ctx, row); !why.empty()) return refuse(ctx, request, name_of(ctx, row), why, path_of(request.id()));
    const Draft draft{ctx, kIntervention, row};
    show_form(ctx, request, form_of(ctx, draft, row, technicians_of(row)), draft);
}

void update(Ctx ctx, Request request) {
    const auto row = row_to_change(ctx, request);
    if (const auto why = lock_of(ctx, row); !why.empty()) return refuse(ctx, request, name_of(ctx, row), why, path_of(request.id()));
    Draft draft{ctx, kIntervention, row};
    draft.read_form(request);
    Problems problems{ctx};
    draft.check(problems);
    check_intervention(ctx, draft, problems);
    const auto technicians = read_technicians(ctx, request);
    submit_edit(
        ctx, request, form_of(ctx, draft, row, technicians.value_or(technicians_of(row))), draft, problems,
        [&](int64_t version) { return update_intervention(ctx, draft, technicians, request.id(), version); },
        [&] { return get_intervention(ctx, request.id()); });
}

void remove(Ctx ctx, Request request) {
    const auto row = get_intervention(ctx, request.id());
    require(ctx, kDelete, request.id());
    if (request.form("confirmed") != "1")
        return ask(ctx, request, name_of(ctx, row), ctx.tr("Delete this intervention? It cannot be brought back."), ctx.tr("Delete"),
                   path_of(request.id()));
    try {
        delete_intervention(ctx, row);
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT) throw;
        return refuse(ctx, request, name_of(ctx, row), e.what(), path_of(request.id()));
    }
    request.redirect("/interventions");
}

void step(Ctx ctx, Request request) {
    const auto* step = find_step(request.param("step").value_or(""));
    if (!step) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such step"};
    try_change(ctx, request, "", [&] { take_step(ctx, *step, request.id()); });
}

void add_files(Ctx ctx, Request request) {
    try_change(ctx, request, "#h-files", [&] {
        guichet::Tx tx{ctx};
        lock_open(ctx, request.id());
        add_uploads(ctx, request, "intervention_id", request.id());
        note(ctx, request.id(), "file_added");
        tx.commit();
    });
}

void open_file(Ctx ctx, Request request) {
    (void)get_intervention(ctx, request.id());
    send_file(ctx, request, "intervention_id", request.id());
}

void delete_file(Ctx ctx, Request request) {
    if (request.form("confirmed") != "1")
        return ask(ctx, request, ctx.tr("Delete this file?"), ctx.tr("It cannot be brought back."), ctx.tr("Delete"),
                   path_of(request.id()));
    try_change(ctx, request, "#h-files", [&] {
        guichet::Tx tx{ctx};
        lock_open(ctx, request.id());
        note(ctx, request.id(), "file_deleted", remove_file(ctx, "intervention_id", request.id(), request.id("file_id")));
        tx.commit();
    });
}

void unsign(Ctx ctx, Request request) {
    const auto row = row_to_change(ctx, request);
    if (request.form("confirmed") != "1")
        return ask(ctx, request, name_of(ctx, row), ctx.tr("Remove the customer’s signature? He has to sign again."),
                   ctx.tr("Remove the signature"), path_of(request.id()));
    try_change(ctx, request, "", [&] { remove_signature(ctx, request.id()); });
}

void open_signature(Ctx ctx, Request request) {
    const auto file = get_intervention(ctx, request.id())["signature_file_id"].integer();
    if (!file) throw guichet::Error{GUICHET_E_NOT_FOUND, "no drawn signature"};
    request.send_file(*file, true);
}

void send_mail(Ctx ctx, Request request) {
    try_change(ctx, request, "#h-history",
               [&] { mail_document(ctx, get_intervention(ctx, request.id()), request.form("to").value_or("")); });
}

void open_document(Ctx ctx, Request request) {
    const auto row = get_intervention(ctx, request.id());
    request.header("Content-Disposition", "inline; filename=\"" + document_name(row) + "\"");
    request.send("application/pdf", document(ctx, row, ctx.language()));
}

void ticket_button(Ctx ctx, Value data, guichet::Html out) {
    const auto ticket = data["ticket_id"].integer();
    if (!ticket || !data["account_id"].integer()) return;
    out.render("ticket/button.html", ctx.object().set("ticket_id", *ticket));
}

void ticket_tab(Ctx ctx, Value data, guichet::Html out) {
    const auto ticket = data["ticket_id"].integer();
    if (!ticket) return;
    auto tab = ctx.object()
                   .set("ticket_id", *ticket)
                   .set("account_id", data["account_id"])
                   .set("items", interventions_of(ctx, "ticket_id", *ticket));
    out.render("ticket/interventions.html", tab.set("may_add", ctx.can(kCreate)));
}

void account_widget(Ctx ctx, Value data, guichet::Html out) {
    const auto account = data["account_id"].integer();
    if (!account) return;
    const auto page = list_interventions(ctx, {.account_id = *account}, {.sort = &kInterventionSorts[0], .limit = kOnAccount});
    for (std::size_t i = 0; i < page.items.size(); ++i) present_intervention(ctx, page.items[i]);
    auto card = ctx.object().set("account_id", *account).set("items", page.items).set("more", !page.next.empty());
    out.render("interventions/account.html", card.set("may_add", ctx.can(kCreate)));
}

void search(Ctx ctx, std::string_view query, std::size_t limit, Value hits) {
    const auto page = list_interventions(ctx, {.words = query}, {.sort = &kInterventionSorts[0], .limit = static_cast<int>(limit)});
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        const auto row = page.items[i];
        hits.push(ctx.object()
                      .set("title", name_of(ctx, row) + " – " + as_text(row["subject"]))
                      .set("path", path_of(row["id"].integer().value_or(0)))
                      .set("detail", row["account_name"]));
    }
}

}  // namespace interventions::intervention_page
