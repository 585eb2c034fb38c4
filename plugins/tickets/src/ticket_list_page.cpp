#include "ticket_list_page.hpp"

#include "directory.hpp"
#include "fields.hpp"
#include "ticket_query.hpp"

#include <algorithm>

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

struct Column {
    std::string_view label, sort;  // sort: name of the ascending order, "" when there is none
    bool newest_first = false;     // the first click sorts downwards
};
constexpr Column kColumns[] = {{"Number", "ref", true},        {"Title", ""}, {"Account", ""},  {"Status", ""},
                               {"Priority", "priority", true}, {"Type", ""},  {"Assignee", ""}, {"Updated", "updated_at", true}};

constexpr std::string_view kFilterNames[] = {"q", "type", "priority", "assignee", "team", "account_id", "late", "phase"};

// What links of the list keep: everything but the order and the page.
std::string kept_query(Request request) {
    std::string out;
    auto rest = request.query_string();
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto pair = rest.substr(0, end);
        const auto name = pair.substr(0, pair.find('='));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!pair.empty() && name != "sort" && name != "cursor") out.append(pair).append("&");
    }
    return out;
}

Value columns(const Call& call, const std::string& sort, const std::string& kept) {
    auto out = call.ctx.array();
    for (const auto& column : kColumns) {
        auto entry = call.ctx.object().set("label", call.tr(column.label));
        if (!column.sort.empty()) {
            const bool down = sort == "-" + std::string{column.sort}, up = sort == column.sort;
            const bool downwards = down ? false : up ? true : column.newest_first;
            entry.set("url", "/tickets?" + kept + "sort=" + (downwards ? "-" : "") + std::string{column.sort});
            entry.set("order", down ? "descending" : up ? "ascending" : "");
        }
        out.push(entry);
    }
    return out;
}

// The views that people know their work by. Each is a filter of its own.
Value views(const Call& call, Request request) {
    struct View {
        std::string_view label, query;
    };
    constexpr View kViews[] = {{"In progress", ""},
                               {"Mine", "assignee=me"},
                               {"Unassigned", "assignee=none"},
                               {"Late", "late=1&sort=due_at"},
                               {"All", "phase=all"}};
    auto out = call.ctx.array();
    for (const auto& view : kViews)
        out.push(call.ctx.object()
                     .set("label", call.tr(view.label))
                     .set("url", "/tickets" + (view.query.empty() ? "" : "?" + std::string{view.query}))
                     .set("current", request.query_string() == view.query));
    return out;
}

Value status_choices(const Call& call, Request request) {
    auto out = call.ctx.array();
    for (const auto& status : call.statuses.all()) {
        bool chosen = false;
        for (std::size_t i = 0; const auto code = request.query("status", i); ++i) chosen = chosen || *code == status.code;
        out.push(call.ctx.object().set("code", status.code).set("label", status.label(call.ctx.language())).set("chosen", chosen));
    }
    return out;
}

std::size_t chosen_count(Value choices) {
    std::size_t n = 0;
    for (std::size_t i = 0; i < choices.size(); ++i) n += choices[i]["chosen"].boolean().value_or(false);
    return n;
}

Value assignees(const Call& call) {
    auto out = call.ctx.array();
    out.push(call.ctx.object().set("value", "me").set("label", call.tr("Me")));
    out.push(call.ctx.object().set("value", "none").set("label", call.tr("Nobody")));
    const auto people = options_of(call, Field::assignee, {});
    for (std::size_t i = 0; i < people.size(); ++i) out.push(people[i]);
    return out;
}

// A page tells what it does not understand by leaving it out: a bookmark outlives the lists it names.
Filter read(const Call& call, Request request, const guichet::ListColumns& extra, guichet::Problems& problems) {
    Filter filter;
    const bool all = request.query("phase") == "all";
    filter.statuses = all && request.query("status").value_or("").empty()
                          ? call.statuses.ids()
                          : read_statuses(call, request, call.statuses.unfinished(), problems);
    read_filter(call, request, filter, problems);
    filter.late = request.query("late") == "1";
    filter.columns = extra.conditions(request);
    const auto sort = request.query("sort").value_or(""), cursor = request.query("cursor").value_or("");
    if (const auto* column = extra.sorted_by(sort)) {
        filter.column_order.emplace(*column, sort.starts_with("-"));
        filter.column_after = guichet::decode_place(cursor);
    } else filter.after = decode(cursor, filter.sort->name);
    return filter;
}

Value typed(const Call& call, Request request) {
    auto out = call.ctx.object();
    for (const auto name : kFilterNames) out.set(name, request.query(name).value_or(""));
    return out;
}

bool is_filtered(Request request) {
    return std::ranges::any_of(kFilterNames, [&](std::string_view name) { return !request.query(name).value_or("").empty(); }) ||
           !request.query("status").value_or("").empty();
}

bool any_used(Value controls) {
    for (std::size_t i = 0; i < controls.size(); ++i)
        if (controls[i]["used"].boolean().value_or(false)) return true;
    return false;
}

}  // namespace

void show_list(const Call& call, Request request) {
    guichet::Problems problems{call.ctx};
    const guichet::ListColumns extra{call.ctx, "tickets.tickets"};
    const auto filter = read(call, request, extra, problems);
    const auto page = list_for_pages(call, filter);
    extra.add_cells(page.items);
    const std::string sort{filter.column_order ? request.query("sort").value_or("") : filter.sort->name};
    const auto kept = kept_query(request);
    auto data = call.ctx.object();
    data.set("title", call.tr("Tickets")).set("tickets", page.items).set("columns", columns(call, sort, kept));
    data.set("column_heads", extra.heads(sort)).set("actions", call.ctx.actions(kObject, {}));
    data.set("here", "/tickets?" + std::string{request.query_string()});
    data.set("views", views(call, request)).set("filter", typed(call, request)).set("filtered", is_filtered(request) || !filter.custom.empty() || !filter.columns.empty());
    data.set("sort", sort);
    if (!page.next.empty()) data.set("next_url", "/tickets?" + kept + "sort=" + sort + "&cursor=" + page.next);
    if (filter.after || filter.column_after) data.set("first_url", "/tickets?" + kept + "sort=" + sort);
    if (request.is_htmx()) return request.page("list/results.html", data);
    if (filter.account) data.set("account", directory::account(call.ctx, *filter.account));
    const auto choices = status_choices(call, request);
    data.set("statuses", choices).set("statuses_chosen", chosen_count(choices));
    data.set("types", options_of(call, Field::type, request.query("type").value_or("")));
    data.set("priorities", options_of(call, Field::priority, request.query("priority").value_or("")));
    const auto fields = guichet::filter_controls(call.ctx, request, kObject, guichet::kEveryAudience);
    data.set("fields", fields).set("fields_used", any_used(fields));
    data.set("assignees", assignees(call)).set("teams", options_of(call, Field::team, {}));
    data.set("column_filters", extra.controls(request));
    request.page("list/page.html", data);
}

}  // namespace tickets
