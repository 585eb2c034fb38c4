#include "ticket_list_page.hpp"

#include "column_choice.hpp"
#include "directory.hpp"
#include "filter_bar.hpp"
#include "ticket_access.hpp"
#include "ticket_bulk.hpp"
#include "ticket_query.hpp"
#include "ticket_views.hpp"

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

// The name of an account may be typed: it stands for the only account that is found by it.
Parameters with_account(const Call& call, Parameters parameters) {
    const auto typed = parameters.get("account_id");
    if (typed.empty() || guichet::to_integer(typed)) return parameters;
    const auto found = directory::accounts(call.ctx, typed);
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found.size() == 1 || found[i]["name"].text() == typed)
            return parameters.with("account_id", std::to_string(found[i]["id"].integer().value_or(0)));
    return parameters;
}

std::vector<int64_t> statuses(const Call& call, const Parameters& parameters, guichet::Problems& problems) {
    return read_statuses(call, parameters, call.statuses.unfinished(), problems);
}

bool any_used(Value controls) {
    for (std::size_t i = 0; i < controls.size(); ++i)
        if (controls[i]["used"].boolean().value_or(false)) return true;
    return false;
}

void add_bar(const Call& call, Request request, const ListRequest& list, Value data) {
    const auto fields = guichet::filter_controls(call.ctx, request, kObject, guichet::kEveryAudience);
    data.set("bar", filter_bar(call, list.parameters)).set("hidden", without_control(call, list.parameters));
    data.set("fields", fields).set("fields_used", any_used(fields)).set("column_filters", list.others.controls(request));
}

}  // namespace

ListRequest::ListRequest(const Call& call, Request request)
    : parameters{with_account(call, Parameters{request.query_string()})}, others{call.ctx, "tickets.tickets"} {
    guichet::Problems problems{call.ctx};
    const auto asked = parameters.get("columns");
    columns = chosen_columns(every_column(call, others), asked.empty() ? own_columns(call) : asked);
    filter.statuses = statuses(call, parameters, problems);
    read_filter(call, request, parameters, filter, problems);
    misread = call.ctx.array();
    const auto wrong = problems.by_field();
    for (std::size_t i = 0; i < wrong.size(); ++i)
        if (const auto* known = find_filter(wrong.key(i).substr(0, wrong.key(i).find('.'))))
            misread.push(guichet::fill(call.tr("The filter “%1” was not understood: %2"),
                                       {call.tr(known->label), wrong[wrong.key(i)].text().value_or("")}));
    if (misread.size() > 0) filter.statuses.clear();
    filter.columns = others.conditions(request);
    const auto order = parameters.get("sort"), cursor = parameters.get("cursor");
    sort = filter.sort->name;
    if (const auto* column = others.sorted_by(order)) {
        sort = order;
        filter.column_order.emplace(*column, order.starts_with("-"));
        filter.column_after = guichet::decode_place(cursor);
    } else filter.after = decode(cursor, filter.sort->name);
}

void show_list(const Call& call, Request request) {
    const ListRequest list{call, request};
    const auto saved = saved_views(call);
    const auto* view = named_view(list.parameters, saved);
    if (view && list.parameters.all().size() == 1 && !view->query.empty())
        return request.redirect(address_of(*view));  // a link to its number
    const auto page = list_for_pages(call, list.filter, list.columns);
    add_cells(call, list.columns, list.others, page.items);
    const auto here = list.parameters.without({"cursor"});
    const auto chips = filter_chips(call, request, list.parameters, list.filter);
    auto data = call.ctx.object();
    data.set("title", call.tr("Tickets")).set("tickets", page.items).set("actions", call.ctx.actions(kObject, {}));
    const auto bulk = bulk_choices(call);
    data.set("bulk", bulk).set("selectable", bulk["steps"] || call.ctx.can(kDelete) || data["actions"].size() > 0);
    data.set("heads",
             heads(call, list.columns, list.sort, [&](const std::string& sort) { return here.with("sort", sort).address("/tickets"); }));
    data.set("here", list.parameters.address("/tickets")).set("export_url", here.address("/tickets/export"));
    data.set("views", views(call, list.parameters, saved)).set("chips", chips).set("q", list.filter.q);
    data.set("filtered", chips.size() > 0 || !list.filter.q.empty() || list.misread.size() > 0).set("misread", list.misread);
    if (!page.next.empty()) data.set("next_url", here.with("cursor", page.next).address("/tickets"));
    if (list.filter.after || list.filter.column_after) data.set("first_url", here.address("/tickets"));
    data.set("query", here.without({"view"}).text());
    if (view) data.set("view", call.ctx.object().set("id", view->id).set("name", view->name).set("may_change", view->may_change));
    if (request.is_htmx()) return request.page("list/results.html", data);
    add_bar(call, request, list, data);
    if (const auto* account = list.filter.find("account_id")) data.set("account", directory::account(call.ctx, account->ids.front()));
    request.page("list/page.html", data);
}

}  // namespace tickets
