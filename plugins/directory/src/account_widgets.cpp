#include "account_widgets.hpp"

#include "access.hpp"
#include "contact_store.hpp"
#include "contract_store.hpp"
#include "present.hpp"

namespace directory::account_widgets {

using guichet::Ctx;
using guichet::Html;
using guichet::Value;

namespace {

void show(Ctx ctx, Html& out, int64_t account, std::string_view name, const Page& page) {
    out.render("accounts/" + std::string{name} + ".html", ctx.object()
                                                              .set("account_id", account)
                                                              .set(name, page.items)
                                                              .set("more", !page.next.empty())
                                                              .set("may_update", may(ctx, kUpdate, account)));
}

}  // namespace

void contacts(Ctx ctx, Value slot_data, Html out) {
    const auto account = slot_data["account_id"].integer().value_or(0);
    const auto page = list_contacts(ctx, {.account_id = account}, {.sort = &kContactSorts[0], .after = {}});
    for (std::size_t i = 0; i < page.items.size(); ++i) present_contact(page.items[i]);
    show(ctx, out, account, "contacts", page);
}

void contracts(Ctx ctx, Value slot_data, Html out) {
    const auto account = slot_data["account_id"].integer().value_or(0);
    const auto page = list_contracts(ctx, {.account_id = account, .display = true}, {.sort = &kContractSorts[0], .after = {}});
    for (std::size_t i = 0; i < page.items.size(); ++i) present_contract(ctx, page.items[i]);
    show(ctx, out, account, "contracts", page);
}

}  // namespace directory::account_widgets
