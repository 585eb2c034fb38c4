#include "contract_pages.hpp"

#include "access.hpp"
#include "account_store.hpp"
#include "contract_line_store.hpp"
#include "present.hpp"
#include "resource_pages.hpp"
#include "rest.hpp"

namespace directory::contract_pages {

using guichet::Ctx;
using guichet::Problems;
using guichet::Request;
using guichet::Value;
using resource_pages::wanted_id;

namespace {

constexpr int kMostOptions = 20;
constexpr int kMostLines = 200;

void present_all(Ctx ctx, Value contracts) {
    for (std::size_t i = 0; i < contracts.size(); ++i) present_contract(ctx, contracts[i]);
}

Value lines_of(Ctx ctx, int64_t id) {
    const auto page =
        list_contract_lines(ctx, {.contract_id = id, .display = true}, {.sort = &kContractLineSorts[0], .limit = kMostLines, .after = {}});
    for (std::size_t i = 0; i < page.items.size(); ++i) present_contract_line(ctx, page.items[i]);
    return page.items;
}

// errors and typed belong to the form that renews.
void send_contract(Ctx ctx, Request request, std::string_view typed, Value errors) {
    const auto id = request.id();
    const auto contract = contract_to_show(ctx, id);
    present_contract(ctx, contract);
    present_authors(ctx, contract);
    const auto ref = contract["ref"].text().value_or("");
    auto data = ctx.object().set("title", ref).set("contract", contract).set("lines", lines_of(ctx, id));
    data.set("periods", contract_periods(ctx, id)).set("custom", custom_of(ctx, kContract, contract));
    data.set("may_update", may(ctx, kUpdate, account_of(contract))).set("may_delete", may(ctx, kDelete, account_of(contract)));
    data.set("typed_end", typed).set("errors", errors);
    data.set("breadcrumb", resource_pages::trail(ctx, kContracts, ref));
    request.page("contracts/show.html", data);
}

}  // namespace

void list(Ctx ctx, Request request) {
    const ContractFilter filter{.words = request.query("q").value_or(""),
                                .status = request.query("status").value_or(""),
                                .account_id = wanted_id(request, "account_id"),
                                .custom = resource_pages::custom_filters(ctx, request, kContract),
                                .display = true};
    const auto wanted = resource_pages::wanted_page(request, kContractSorts);
    const auto page = list_contracts(ctx, filter, wanted);
    present_all(ctx, page.items);

    auto data = resource_pages::list_data(ctx, request, kContracts, "contracts", page, *wanted.sort);
    data.set("status", filter.status).set("statuses", contract_statuses(ctx));
    data.set("filtered", !filter.words.empty() || !filter.status.empty() || filter.account_id.has_value() || !filter.custom.empty());
    if (filter.account_id)
        data.set("account", get_account(ctx, *filter.account_id)).set("may_update", may(ctx, kUpdate, *filter.account_id));
    request.page(request.is_htmx() ? "contracts/results.html" : "contracts/list.html", data);
}

void options(Ctx ctx, Request request) {
    const auto page = list_contracts(ctx, {.account_id = wanted_id(request, "account_id").value_or(0), .running = true},
                                     {.sort = &kContractSorts[0], .limit = kMostOptions, .after = {}});
    request.page("contracts/options.html", ctx.object().set("contracts", page.items));
}

void show(Ctx ctx, Request request) { send_contract(ctx, request, {}, {}); }

void renew(Ctx ctx, Request request) {
    const auto contract = get_contract(ctx, request.id());
    require(ctx, kUpdate, account_of(contract));
    const auto typed = guichet::one_line(request.form("ends_on").value_or(""));
    try {
        renew_contract(ctx, contract, typed);
    } catch (const guichet::Error& e) {
        if (e.field() != "ends_on") throw;
        Problems problems{ctx};
        problems.add("ends_on", e.what());
        request.status(422);
        return send_contract(ctx, request, typed, problems.by_field());
    }
    request.redirect(page_of(kContracts, contract));
}

void api_periods(Ctx ctx, Request request) {
    (void)get_contract(ctx, request.id());
    const auto periods = contract_periods(ctx, request.id());
    auto items = ctx.array();
    for (std::size_t i = 0; i < periods.size(); ++i) {
        auto item = ctx.object();
        for (const std::string_view member : {"id", "starts_on", "ends_on", "created_at", "created_by"})
            item.set(member, periods[i][member]);
        items.push(item);
    }
    request.json(ctx.object().set("items", items).set("next", std::nullopt));
}

void api_renew(Ctx ctx, Request request) {
    const auto contract = get_contract(ctx, request.id());
    require(ctx, kUpdate, account_of(contract));
    const auto body = request.json();
    require_version(ctx, request, contract, body);
    renew_contract(ctx, contract, body["ends_on"].text().value_or(""));
    send_object(ctx, request, kContract, get_contract(ctx, request.id()));
}

}  // namespace directory::contract_pages
