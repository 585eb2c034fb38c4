#include "account_pages.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "import_store.hpp"
#include "present.hpp"
#include "resource_pages.hpp"

namespace directory::account_pages {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostOptions = 20;
constexpr std::string_view kAccountObject = "directory.account";

// "" = active ones, "no" = the others, "all".
std::optional<bool> wanted_active(std::string_view choice) {
    if (choice == "all") return std::nullopt;
    return choice != "no";
}

// Of this plugin or of another's column; the first when it is neither.
std::string_view sort_of(Request request, const guichet::ListColumns& columns) {
    const auto sort = request.query("sort").value_or("");
    return find_sort(kAccountSorts, sort) || columns.sorted_by(sort) ? sort : kAccountSorts[0].name;
}

Page page_of(Ctx ctx, Request request, const AccountFilter& filter, const guichet::ListColumns& columns, std::string_view sort) {
    const auto after = request.query("after").value_or("");
    if (const auto* column = columns.sorted_by(sort))
        return list_accounts_by(ctx, filter, {*column, sort.starts_with("-")}, guichet::decode_place(after));
    const auto* own = find_sort(kAccountSorts, sort);
    return list_accounts(ctx, filter, {.sort = own, .after = read_cursor(*own, after)});
}

std::string here(Request request) {
    const auto query = request.query_string();
    return std::string{request.path()} + (query.empty() ? "" : "?" + std::string{query});
}

void set_active(Ctx ctx, int64_t id, bool active) {
    const auto row = get_account(ctx, id);
    Draft draft{ctx, kAccount, row};
    draft.set("active", active ? "true" : "false");
    if (draft.changes("active")) update_account(ctx, draft, id, row["version"].integer().value_or(0));
}

}  // namespace

AccountFilter wanted(Ctx ctx, Request request, const guichet::ListColumns& columns) {
    return {.words = request.query("q").value_or(""),
            .type = request.query("type").value_or(""),
            .active = wanted_active(request.query("active").value_or("")),
            .custom = resource_pages::custom_filters(ctx, request, kAccount),
            .columns = columns.conditions(request)};
}

void list(Ctx ctx, Request request) {
    const guichet::ListColumns columns{ctx, "directory.accounts"};
    const auto filter = wanted(ctx, request, columns);
    const auto sort = sort_of(request, columns);
    const auto page = page_of(ctx, request, filter, columns, sort);
    for (std::size_t i = 0; i < page.items.size(); ++i) present_account(ctx, page.items[i]);
    columns.add_cells(page.items);

    auto data = ctx.object();
    data.set("title", ctx.tr("Accounts")).set("accounts", page.items).set("next", page.next).set("sort", sort);
    data.set("column_heads", columns.heads(sort)).set("actions", ctx.actions(kAccountObject, {}));
    data.set("here", here(request)).set("export_url", resource_pages::export_url(request, kAccounts)).set("may_import", may_import(ctx));
    data.set("q", filter.words).set("type", filter.type).set("active", request.query("active").value_or(""));
    data.set("types", account_types(ctx)).set("paged", request.query("after").has_value());
    data.set("filtered", !filter.words.empty() || !filter.type.empty() || filter.active != true || !filter.columns.empty() || !filter.custom.empty());
    if (!request.is_htmx()) data.set("fields", guichet::filter_controls(ctx, request, kAccount.object, guichet::kEveryAudience)).set("fields_used", !filter.custom.empty());
    if (!request.is_htmx()) data.set("column_filters", columns.controls(request));
    request.page(request.is_htmx() ? "accounts/results.html" : "accounts/list.html", data);
}

void options(Ctx ctx, Request request) {
    const auto page = list_accounts(ctx, {.words = request.query("q").value_or(""), .active = true},
                                    {.sort = &kAccountSorts[0], .limit = kMostOptions, .after = {}});
    request.page("accounts/options.html", ctx.object().set("accounts", page.items));
}

void show(Ctx ctx, Request request) {
    const auto id = request.id();
    const auto account = get_account(ctx, id);
    present_account(ctx, account);
    present_authors(ctx, account);
    auto data = ctx.object();
    data.set("title", account["name"]).set("account", account).set("custom", custom_of(ctx, kAccount, account));
    data.set("breadcrumb", resource_pages::trail(ctx, kAccounts, account["name"].text().value_or("")));
    data.set("may_update", may(ctx, kUpdate, id)).set("may_delete", may(ctx, kDelete, id));
    data.set("actions", ctx.actions(kAccountObject, account));
    request.page("accounts/show.html", data);
}

// Similar accounts are pointed out once; "Add anyway" adds it.
void create(Ctx ctx, Request request) {
    Draft draft{ctx, kAccount};
    draft.read_form(request);
    Problems problems{ctx};
    check(ctx, kAccounts, draft, problems);
    auto form = resource_pages::form_of_new(ctx, kAccounts, {});
    const auto similar = problems || request.form("anyway") ? Value{} : similar_accounts(ctx, draft);
    if (similar.size() > 0) return show_form(ctx, request, form.with("similar", similar), draft);
    submit_new(ctx, request, form, draft, problems, [&] { return account_path(create_account(ctx, draft)); });
}

void activate(Ctx ctx, Request request) {
    const auto id = request.id();
    (void)get_account(ctx, id);
    require(ctx, kUpdate, id);
    set_active(ctx, id, true);
    request.redirect(account_path(id));
}

void deactivate(Ctx ctx, Request request) {
    const auto id = request.id();
    const auto account = get_account(ctx, id);
    require(ctx, kDelete, id);
    if (!request.form("confirmed")) {
        auto data = ctx.object().set("title", ctx.tr("Deactivate the account")).set("account", account);
        request.page("accounts/deactivate.html", data);
        return;
    }
    set_active(ctx, id, false);
    request.redirect(account_path(id));
}

}  // namespace directory::account_pages
