#include "contract_pages.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "contract_store.hpp"
#include "form.hpp"
#include "present.hpp"

namespace directory::contract_pages {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostOptions = 20;

int64_t id_of(Value row) { return row["id"].integer().value_or(0); }

Value trail_to(Ctx ctx, Value account) {
    auto trail = ctx.array().push(crumb(ctx, ctx.tr("Accounts"), "/accounts"));
    return trail.push(crumb(ctx, account["name"].text().value_or(""), account_path(id_of(account))));
}

Form new_contract(Ctx ctx, Value account) {
    const auto title = ctx.tr("Add a contract");
    return {"contracts/form.html", title, trail_to(ctx, account).push(crumb(ctx, title)), account_path(id_of(account))};
}

Form edit_contract(Ctx ctx, Value contract) {
    const auto account = get_account(ctx, contract["account_id"].integer().value_or(0));
    return {"contracts/form.html", ctx.tr("Edit the contract"),
            trail_to(ctx, account).push(crumb(ctx, contract["ref"].text().value_or(""))), account_path(id_of(account)),
            contract["version"].integer().value_or(0)};
}

// The account of the path, which the user may add contracts to.
Value account_to_extend(Ctx ctx, Request request) {
    const auto account = get_account(ctx, request.id());
    require(ctx, kUpdate, request.id());
    return account;
}

Value contract_to_edit(Ctx ctx, Request request) {
    const auto contract = get_contract(ctx, request.id());
    require(ctx, kUpdate, contract["account_id"].integer().value_or(0));
    return contract;
}

void check(Ctx ctx, Draft& draft, Problems& problems) {
    draft.check(problems);
    check_contract(ctx, draft, problems);
}

}  // namespace

void list(Ctx ctx, Request request) {
    const auto account = get_account(ctx, request.id());
    const auto& sort = kContractSorts[0];
    const auto page = list_contracts(ctx, {.account_id = request.id(), .display = true},
                                     {.sort = &sort, .after = read_cursor(sort, request.query("after").value_or(""))});
    for (std::size_t i = 0; i < page.items.size(); ++i) present_contract(ctx, page.items[i]);
    auto data = ctx.object();
    data.set("title", ctx.tr("Contracts")).set("account", account).set("contracts", page.items).set("next", page.next);
    data.set("paged", request.query("after").has_value()).set("may_update", may(ctx, kUpdate, request.id()));
    data.set("breadcrumb", trail_to(ctx, account).push(crumb(ctx, ctx.tr("Contracts"))));
    request.page("contracts/list.html", data);
}

void options(Ctx ctx, Request request) {
    const auto text = request.query("account_id").value_or("");
    int64_t account_id = 0;
    std::from_chars(text.data(), text.data() + text.size(), account_id);
    const auto page = list_contracts(ctx, {.status = "running", .account_id = account_id, .today = true},
                                     {.sort = &kContractSorts[0], .limit = kMostOptions, .after = {}});
    request.page("contracts/options.html", ctx.object().set("contracts", page.items));
}

void new_form(Ctx ctx, Request request) {
    show_form(ctx, request, new_contract(ctx, account_to_extend(ctx, request)), Draft{ctx, kContract});
}

void create(Ctx ctx, Request request) {
    const auto account = account_to_extend(ctx, request);
    Draft draft{ctx, kContract};
    draft.set("account_id", as_text(account["id"]));
    draft.read_form(request);
    Problems problems{ctx};
    check(ctx, draft, problems);
    submit_new(ctx, request, new_contract(ctx, account), draft, problems, [&] {
        create_contract(ctx, draft);
        return account_path(id_of(account));
    });
}

void edit_form(Ctx ctx, Request request) {
    const auto contract = contract_to_edit(ctx, request);
    show_form(ctx, request, edit_contract(ctx, contract), Draft{ctx, kContract, contract});
}

void update(Ctx ctx, Request request) {
    const auto contract = contract_to_edit(ctx, request);
    Draft draft{ctx, kContract, contract};
    draft.read_form(request);
    Problems problems{ctx};
    check(ctx, draft, problems);
    submit_edit(ctx, request, edit_contract(ctx, contract), draft, problems,
                [&](int64_t version) { return update_contract(ctx, draft, request.id(), version); },
                [&] { return get_contract(ctx, request.id()); });
}

}  // namespace directory::contract_pages
