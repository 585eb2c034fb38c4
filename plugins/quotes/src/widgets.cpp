#include "widgets.hpp"

#include "quote_list.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr int kShown = 5;

void show(Ctx ctx, std::string_view party, int64_t id, Filter filter, guichet::Html out) {
    filter.limit = kShown;
    const auto page = list_quotes(ctx, filter);
    present_rows(ctx, page.items);
    auto data = ctx.object().set("quotes", page.items).set("party", party).set("id", id);
    if (!page.next.empty()) data.set("all_url", "/quotes?" + std::string{party} + '=' + std::to_string(id));
    out.render("widgets/quotes.html", data);
}

}  // namespace

void show_quotes_of_ticket(Ctx ctx, Value slot, guichet::Html out) {
    if (const auto id = slot["ticket_id"].integer()) show(ctx, "ticket_id", *id, {.ticket_id = *id}, out);
}

void show_quotes_of_account(Ctx ctx, Value slot, guichet::Html out) {
    if (const auto id = slot["account_id"].integer()) show(ctx, "account_id", *id, {.account_id = *id}, out);
}

}  // namespace quotes
