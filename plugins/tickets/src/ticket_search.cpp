#include "ticket_search.hpp"

#include "ticket_query.hpp"
#include "ticket_store.hpp"

namespace tickets {

using guichet::Value;

namespace {

Value hit(const Call& call, Value ticket) {
    const auto text = [](Value value) { return std::string{value.text().value_or("")}; };
    auto detail = text(ticket["status"]["label"]);
    if (const auto account = text(ticket["account_name"]); !account.empty()) detail += " · " + account;
    return call.ctx.object()
        .set("title", text(ticket["ref"]) + " – " + text(ticket["subject"]))
        .set("path", path_of(ticket["id"].integer().value_or(0)))
        .set("detail", detail);
}

}  // namespace

void search(const Call& call, std::string_view query, std::size_t limit, Value hits) {
    Filter filter;
    filter.statuses = call.statuses.ids();
    filter.search(call.ctx, query);
    filter.limit = static_cast<int>(limit);
    const auto page = list_for_pages(call, filter);
    for (std::size_t i = 0; i < page.items.size(); ++i) hits.push(hit(call, page.items[i]));
}

}  // namespace tickets
