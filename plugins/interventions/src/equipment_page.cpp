#include "equipment_page.hpp"

#include "access.hpp"
#include "designation.hpp"
#include "equipment_store.hpp"
#include "file_store.hpp"
#include "intervention_store.hpp"
#include "label.hpp"
#include "others.hpp"

namespace interventions::equipment_page {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kOnAccount = 10;

std::string path_of(int64_t id) { return "/equipment/" + std::to_string(id); }

Value lines_of(Ctx ctx, int64_t account_id) {
    return ctx
        .exec(
            "select l.id::text as value, c.ref || ' – ' || l.label as label from directory.contract_line_v1 l"
            " join directory.contract_v1 c on c.id = l.contract_id where c.account_id = $1 and l.status <> 'ended' order by c.ref, l.id "
            "limit 200",
            account_id)
        .value();
}

Form form_of(Ctx ctx, const Draft& draft, Value row) {
    const auto account_id = draft.id("account_id");
    const auto account = find_account(ctx, account_id);
    const auto name = account["name"].text().value_or("");
    Form form{
        .page = "equipment/form.html", .title = ctx.tr(row ? "Edit the equipment" : "Add an equipment"), .breadcrumb = {}, .back = {}};
    form.more = ctx.object().set("account_id", account_id).set("account_name", name);
    form.more.set("contracts", contract_options(ctx, account_id, draft.id("contract_id"))).set("contract_lines", lines_of(ctx, account_id));
    if (!row) {
        form.back = "/accounts/" + std::to_string(account_id);
        form.breadcrumb = crumbs(ctx, {{ctx.tr("Accounts"), "/accounts"}, {name, form.back}, {form.title, ""}});
        return form;
    }
    form.back = path_of(row["id"].integer().value_or(0));
    form.version = row["version"].integer().value_or(0);
    form.breadcrumb =
        crumbs(ctx, {{ctx.tr("Equipment"), "/equipment"}, {row["label"].text().value_or(""), form.back}, {ctx.tr("Edit"), ""}});
    return form;
}

// Of an account that the user may change.
Draft draft_of_new(Ctx ctx, Request request) {
    const auto text = request.method() == "POST" ? request.form("account_id") : request.query("account_id");
    const auto account = find_account(ctx, guichet::to_integer(text.value_or("")).value_or(0));
    if (!account) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such account"};
    require_on_account(ctx, kUpdateAccount, account["id"].integer().value_or(0));
    Draft draft{ctx, kEquipment};
    draft.set("account_id", as_text(account["id"]));
    return draft;
}

Value row_to_edit(Ctx ctx, Request request, std::string_view permission = kUpdateAccount) {
    const auto row = get_equipment(ctx, request.id());
    require_on_account(ctx, permission, row["account_id"].integer().value_or(0));
    return row;
}

EquipmentFilter wanted(Ctx ctx, Request request) {
    Problems ignored{ctx};
    EquipmentFilter filter{.words = request.query("q").value_or(""), .status = request.query("status").value_or("")};
    if (const auto account = request.query("account_id"); account && !account->empty())
        filter.account_id = guichet::to_integer(*account).value_or(0);
    filter.custom = guichet::read_field_filters(ctx, request, kEquipmentObject, guichet::kEveryAudience, ignored);
    return filter;
}

void show_page(Ctx ctx, Request request, Value row, Value errors) {
    const auto id = row["id"].integer().value_or(0), account = row["account_id"].integer().value_or(0);
    present_equipment(ctx, ctx.array().push(row));
    auto data = ctx.object().set("title", row["label"]).set("equipment", row).set("errors", errors);
    data.set("breadcrumb", crumbs(ctx, {{ctx.tr("Equipment"), "/equipment"}, {row["label"].text().value_or(""), ""}}));
    data.set("custom", guichet::page_sections(ctx, guichet::field_controls(ctx, kEquipmentObject, guichet::kEveryAudience, row["custom"])));
    data.set("may_update", may_on_account(ctx, kUpdateAccount, account)).set("may_delete", may_on_account(ctx, kDeleteAccount, account));
    data.set("files", files_of(ctx, "equipment_id", id)).set("tickets", tickets_of(ctx, id));
    if (!label_target(ctx, row).empty()) data.set("label_url", path_of(id) + "/label");
    if (ctx.can(kRead)) data.set("interventions", interventions_of(ctx, "equipment_id", id));
    request.page("equipment/show.html", data);
}

}  // namespace

void list(Ctx ctx, Request request) {
    const auto filter = wanted(ctx, request);
    const auto wants = wanted_page(request, kEquipmentSorts);
    const auto page = list_equipment(ctx, filter, wants);
    present_equipment(ctx, page.items);
    auto data =
        ctx.object().set("title", ctx.tr("Equipment")).set("items", page.items).set("next", page.next).set("sort", wants.sort->name);
    data.set("q", filter.words).set("status", filter.status).set("statuses", equipment_statuses(ctx)).set("paged", wants.after.has_value());
    data.set("filtered", !filter.words.empty() || !filter.status.empty() || filter.account_id.has_value() || !filter.custom.empty());
    if (filter.account_id) data.set("account", find_account(ctx, *filter.account_id));
    if (request.is_htmx()) return request.page("equipment/results.html", data);
    data.set("fields", guichet::filter_controls(ctx, request, kEquipmentObject, guichet::kEveryAudience))
        .set("fields_used", !filter.custom.empty());
    request.page("equipment/list.html", data.set("may_add", ctx.can(kUpdateAccount)));
}

void show(Ctx ctx, Request request) { show_page(ctx, request, get_equipment(ctx, request.id()), {}); }

void new_form(Ctx ctx, Request request) {
    const auto draft = draft_of_new(ctx, request);
    show_form(ctx, request, form_of(ctx, draft, {}), draft);
}

void create(Ctx ctx, Request request) {
    auto draft = draft_of_new(ctx, request);
    draft.read_form(request);
    Problems problems{ctx};
    check_equipment(ctx, draft, problems);
    submit_new(ctx, request, form_of(ctx, draft, {}), draft, problems, [&] { return path_of(create_equipment(ctx, draft)); });
}

void edit_form(Ctx ctx, Request request) {
    const auto row = row_to_edit(ctx, request);
    const Draft draft{ctx, kEquipment, row};
    show_form(ctx, request, form_of(ctx, draft, row), draft);
}

void update(Ctx ctx, Request request) {
    const auto row = row_to_edit(ctx, request);
    Draft draft{ctx, kEquipment, row};
    draft.read_form(request);
    Problems problems{ctx};
    check_equipment(ctx, draft, problems);
    submit_edit(
        ctx, request, form_of(ctx, draft, row), draft, problems,
        [&](int64_t version) { return update_equipment(ctx, draft, request.id(), version); },
        [&] { return get_equipment(ctx, request.id()); });
}

void remove(Ctx ctx, Request request) {
    const auto row = row_to_edit(ctx, request, kDeleteAccount);
    const auto name = row["label"].text().value_or("");
    if (request.form("confirmed") != "1")
        return ask(ctx, request, name, ctx.tr("Delete this equipment? It cannot be brought back."), ctx.tr("Delete"),
                   path_of(request.id()));
    try {
        delete_equipment(ctx, row);
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_CONFLICT) throw;
        return refuse(ctx, request, name, e.what(), path_of(request.id()));
    }
    request.redirect("/equipment");
}

void add_files(Ctx ctx, Request request) {
    const auto row = row_to_edit(ctx, request);
    try {
        add_uploads(ctx, request, "equipment_id", request.id());
    } catch (const guichet::Error& e) {
        if (e.code() != GUICHET_E_INVALID || e.field() != "file") throw;
        request.status(422);
        return show_page(ctx, request, row, ctx.object().set("file", e.what()));
    }
    request.redirect(path_of(request.id()) + "#h-files");
}

void open_file(Ctx ctx, Request request) {
    (void)get_equipment(ctx, request.id());
    send_file(ctx, request, "equipment_id", request.id());
}

void delete_file(Ctx ctx, Request request) {
    (void)row_to_edit(ctx, request);
    if (request.form("confirmed") != "1")
        return ask(ctx, request, ctx.tr("Delete this file?"), ctx.tr("It cannot be brought back."), ctx.tr("Delete"),
                   path_of(request.id()));
    remove_file(ctx, "equipment_id", request.id(), request.id("file_id"));
    request.redirect(path_of(request.id()) + "#h-files");
}

void account_widget(Ctx ctx, Value data, guichet::Html out) {
    const auto account = data["account_id"].integer();
    if (!account) return;
    const auto page = list_equipment(ctx, {.account_id = *account}, {.sort = &kEquipmentSorts[0], .limit = kOnAccount});
    present_equipment(ctx, page.items);
    auto card = ctx.object().set("account_id", *account).set("items", page.items).set("more", !page.next.empty());
    out.render("equipment/account.html", card.set("may_add", may_on_account(ctx, kUpdateAccount, *account)));
}

void search(Ctx ctx, std::string_view query, std::size_t limit, Value hits) {
    const auto page = list_equipment(ctx, {.words = query}, {.sort = &kEquipmentSorts[0], .limit = static_cast<int>(limit)});
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        const auto row = page.items[i];
        const auto serial = row["serial"].text().value_or("");
        hits.push(
            ctx.object()
                .set("title", row["label"])
                .set("path", path_of(row["id"].integer().value_or(0)))
                .set("detail", std::string{row["account_name"].text().value_or("")} + (serial.empty() ? "" : " – " + std::string{serial})));
    }
}

}  // namespace interventions::equipment_page
