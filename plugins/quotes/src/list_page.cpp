#include "list_page.hpp"

#include "party.hpp"
#include "quote_list.hpp"

namespace quotes {

using guichet::Ctx;
using guichet::Request;

namespace {

std::string typed(Request request, std::string_view name) { return guichet::one_line(request.query(name).value_or("")); }

// A link outlives what it names: what is no state, no day or no id is left out.
Filter read_filter(Request request) {
    Filter filter{.words = typed(request, "q"), .account_id = guichet::to_integer(typed(request, "account_id"))};
    filter.ticket_id = guichet::to_integer(typed(request, "ticket_id"));
    filter.owner_id = guichet::to_integer(typed(request, "owner_id"));
    if (const auto state = typed(request, "state"); is_state(state)) filter.state = state;
    if (const auto day = typed(request, "from"); is_date(day)) filter.from = day;
    if (const auto day = typed(request, "to"); is_date(day)) filter.to = day;
    filter.after = decode(request.query("after").value_or(""));
    return filter;
}

}  // namespace

void show_list(Ctx ctx, Request request) {
    const auto filter = read_filter(request);
    const auto page = list_quotes(ctx, filter);
    present_rows(ctx, page.items);
    auto data = ctx.object().set("title", ctx.tr("Quotes")).set("quotes", page.items).set("next", page.next);
    data.set("q", filter.words).set("state", filter.state).set("from", filter.from).set("to", filter.to);
    data.set("states", state_options(ctx)).set("owners", ctx.users()).set("owner_id", filter.owner_id);
    data.set("filtered", filter.is_used()).set("paged", filter.after.has_value());
    if (filter.account_id) data.set("account", find_account(ctx, *filter.account_id)).set("account_id", *filter.account_id);
    const bool part = request.is_htmx() && request.header("HX-Target") == "results";
    request.page(part ? "list/results.html" : "list/page.html", data);
}

void search_quotes(Ctx ctx, std::string_view words, std::size_t limit, guichet::Value hits) {
    const auto page = list_quotes(ctx, {.words = std::string{words}, .limit = static_cast<int>(limit)});
    present_rows(ctx, page.items);
    for (std::size_t i = 0; i < page.items.size(); ++i) {
        const auto row = page.items[i];
        const auto title = std::string{row["title"].text().value_or("")}.append(" · ").append(row["subject"].text().value_or(""));
        const auto detail = std::string{row["customer"].text().value_or("")}.append(" · ").append(row["gross"].text().value_or(""));
        hits.push(ctx.object()
                      .set("title", title)
                      .set("path", "/quotes/" + std::to_string(row["id"].integer().value_or(0)))
                      .set("detail", detail));
    }
}

}  // namespace quotes
