#include "column_choice.hpp"

#include "ticket_columns.hpp"

#include <algorithm>

namespace tickets {

using guichet::Request;
using guichet::Value;

namespace {

struct Choice {
    guichet::ListColumns others;
    std::vector<Column> all, chosen;

    explicit Choice(const Call& call)
        : others{call.ctx, "tickets.tickets"}, all{every_column(call, others)}, chosen{chosen_columns(all, own_columns(call))} {}

    std::vector<Column>::iterator find(std::string_view id) { return std::ranges::find(chosen, id, &Column::id); }
    bool has(std::string_view id) { return find(id) != chosen.end(); }

    void move(std::string_view id, bool up) {
        const auto at = find(id);
        if (at == chosen.end() || (up ? at == chosen.begin() : at + 1 == chosen.end())) return;
        std::iter_swap(at, up ? at - 1 : at + 1);
    }
    void add(std::string_view id) {
        const auto found = std::ranges::find(all, id, &Column::id);
        if (found != all.end() && !has(id)) chosen.push_back(*found);
    }
    void remove(std::string_view id) {
        if (chosen.size() > 1) std::erase_if(chosen, [&](const Column& column) { return column.id == id; });
    }
};

void store(const Call& call, const std::vector<Column>& columns) {
    std::vector<std::string> ids;
    for (const auto& column : columns) ids.push_back(column.id);
    guichet::Tx tx{call.ctx};
    call.ctx.exec(
        "insert into list_columns (user_id, columns) values ($1, $2::text[]) on conflict (user_id) do update set columns = "
        "excluded.columns",
        call.ctx.user_id(), guichet::array_literal(ids));
    tx.commit();
}

Value shown(const Call& call, const std::vector<Column>& columns) {
    auto out = call.ctx.array();
    for (const auto& column : columns) out.push(call.ctx.object().set("id", column.id).set("label", column.label));
    return out;
}

}  // namespace

std::string own_columns(const Call& call) {
    const auto rows = call.ctx.exec("select array_to_string(columns, ',') from list_columns where user_id = $1", call.ctx.user_id());
    return rows.empty() ? std::string{} : std::string{rows.text(0, 0)};
}

void show_columns(const Call& call, Request request) {
    Choice choice{call};
    std::vector<Column> rest;
    std::ranges::copy_if(choice.all, std::back_inserter(rest), [&](const Column& column) { return !choice.has(column.id); });
    auto data = call.ctx.object().set("title", call.tr("Columns of the list"));
    data.set("chosen", shown(call, choice.chosen)).set("rest", shown(call, rest)).set("order", ids_of(choice.chosen));
    request.page("list/columns.html", data);
}

void choose_columns(const Call& call, Request request) {
    Choice choice{call};
    if (const auto id = request.form("up")) choice.move(*id, true);
    else if (const auto down = request.form("down")) choice.move(*down, false);
    else if (const auto added = request.form("add")) choice.add(*added);
    else if (const auto removed = request.form("remove")) choice.remove(*removed);
    else if (request.form("reset")) choice.chosen = chosen_columns(choice.all, "");
    else choice.chosen = chosen_columns(choice.all, request.form("order").value_or(""));
    store(call, choice.chosen);
    request.redirect("/tickets/columns");
}

}  // namespace tickets
