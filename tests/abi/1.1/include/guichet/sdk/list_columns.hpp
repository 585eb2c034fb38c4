// SPDX-License-Identifier: Apache-2.0
// guichet/sdk/list_columns.hpp - columns of other plugins in a list of this one (guichet/abi/pages.h): heads, cells, and
// order and filters through their views. Names of views and columns come from checked manifests, values are parameters.
#pragma once

#include "query.hpp"
#include "request.hpp"
#include "text.hpp"

#include <chrono>
#include <locale>
#include <sstream>

namespace guichet {

class ListColumns {
public:
    struct Column {
        std::string id, label;
        std::string view, key;  // "" when the list cannot be sorted and filtered by it
        std::string filter;     // "", text, number, date, enum
    };
    // What a request filters by: <id>=… for text and enum, <id>.from=… and <id>.to=… for number and date.
    struct Condition {
        const Column* column;
        std::string is, from, to;
    };

    // list: id of an entry of "ui.lists". A host without such columns has none.
    ListColumns(Ctx ctx, std::string_view list) : ctx_{ctx}, list_{list} {
        if (!detail::api.pages) return;
        const auto found = ctx.columns(list);
        for (std::size_t i = 0; i < found.size(); ++i) columns_.push_back(read(found[i]));
    }
    const std::vector<Column>& all() const { return columns_; }

    // The column of the order "<id>" or "-<id>" (descending); null for any other.
    const Column* sorted_by(std::string_view sort) const {
        if (sort.starts_with("-")) sort.remove_prefix(1);
        for (const auto& column : columns_)
            if (column.id == sort && !column.view.empty()) return &column;
        return nullptr;
    }

    // For the head of the table: [{label, next, order}], next: the order that a click asks for, "" when there is none.
    Value heads(std::string_view sort) const {
        auto out = ctx_.array();
        for (const auto& column : columns_) {
            const bool up = sort == column.id, down = !up && sort.starts_with("-") && sort.substr(1) == column.id;
            auto head = ctx_.object().set("label", column.label).set("order", up ? "ascending" : down ? "descending" : "");
            out.push(head.set("next", column.view.empty() ? "" : up ? "-" + column.id : column.id));
        }
        return out;
    }

    // row.cells = [{label, html?}] for each row {id, …}, in the order of the columns.
    void add_cells(Value rows) const {
        if (columns_.empty() || rows.size() == 0) return;
        std::vector<int64_t> ids;
        for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows[i]["id"].integer().value_or(0));
        const auto cells = ctx_.cells(list_, ids.data(), ids.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            auto out = ctx_.array();
            for (const auto& column : columns_) out.push(ctx_.object().set("label", column.label).set("html", cells[i][column.id]));
            rows[i].set("cells", out);
        }
    }

    // What is no number or no date is left out: a link outlives the column it names.
    std::vector<Condition> conditions(Request request) const {
        std::vector<Condition> out;
        for (const auto& column : columns_) {
            if (column.filter.empty() || column.view.empty()) continue;
            Condition condition{&column, typed(request, column.id), bound(request, column, ".from"), bound(request, column, ".to")};
            if (is_range(column)) condition.is.clear();
            if (!condition.is.empty() || !condition.from.empty() || !condition.to.empty()) out.push_back(std::move(condition));
        }
        return out;
    }

    // For the controls: [{id, label, filter, is, from, to, choices?}]. An enum asks for its choices.
    Value controls(Request request) const {
        auto out = ctx_.array();
        for (const auto& column : columns_) {
            if (column.filter.empty() || column.view.empty()) continue;
            auto control = ctx_.object().set("id", column.id).set("label", column.label).set("filter", column.filter);
            control.set("is", typed(request, column.id)).set("from", typed(request, column.id + ".from")).set("to", typed(request, column.id + ".to"));
            if (column.filter == "enum") control.set("choices", choices(column));
            out.push(control);
        }
        return out;
    }

    // Appends " and exists (…)" for each condition; alias is the table with the ids of the list.
    static void add_conditions(Query& query, std::string_view alias, const std::vector<Condition>& conditions) {
        for (const auto& condition : conditions) {
            const auto& column = *condition.column;
            query.sql(" and exists (select from ").sql(column.view).sql(" v where v.id = ").sql(alias).sql(".id");
            if (column.filter == "text") query.sql(" and position(lower(").arg(condition.is).sql("::text) in lower(v.").sql(column.key).sql("::text)) > 0");
            if (column.filter == "enum") query.sql(" and v.").sql(column.key).sql("::text = ").arg(condition.is).sql("::text");
            if (!condition.from.empty()) add_bound(query, column, " >= ", condition.from, "");
            if (!condition.to.empty()) add_bound(query, column, column.filter == "date" ? " < " : " <= ", condition.to, column.filter == "date" ? " + 1" : "");
            query.sql(")");
        }
    }

private:
    static Column read(Value from) {
        const auto text = [](Value v) { return std::string{v.text().value_or("")}; };
        return {text(from["id"]), text(from["label"]), text(from["sort"]["view"]), text(from["sort"]["column"]), text(from["filter"])};
    }
    static bool is_range(const Column& column) { return column.filter == "number" || column.filter == "date"; }
    static std::string typed(Request request, const std::string& name) { return one_line(request.query(name).value_or("")); }
    static std::string bound(Request request, const Column& column, const char* suffix) {
        auto text = typed(request, column.id + suffix);
        const bool usable = column.filter == "number" ? to_number(text).has_value() : column.filter == "date" && is_date(text);
        return usable ? text : std::string{};
    }
    static std::optional<double> to_number(std::string_view text) {  // not from_chars: libc++ 14 has none for double
        std::istringstream in{std::string{text}};
        in.imbue(std::locale::classic());
        double n = 0;
        if (!(in >> n) || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
        return n;
    }
    static bool is_date(std::string_view text) {
        if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
        const auto y = to_integer(text.substr(0, 4)), m = to_integer(text.substr(5, 2)), d = to_integer(text.substr(8, 2));
        if (!y || !m || !d || *y < 1 || *m < 1 || *d < 1) return false;
        using namespace std::chrono;
        return year_month_day{year{static_cast<int>(*y)}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}}.ok();
    }
    static void add_bound(Query& query, const Column& column, std::string_view compare, const std::string& text, std::string_view more) {
        query.sql(" and v.").sql(column.key).sql(compare);
        if (column.filter == "number") query.arg(*to_number(text)).sql("::float8");
        else query.arg(text).sql("::date");
        query.sql(more);
    }
    Value choices(const Column& column) const {
        Query query{ctx_};
        query.sql("select distinct v.").sql(column.key).sql("::text from ").sql(column.view).sql(" v where v.").sql(column.key);
        query.sql(" is not null order by 1 limit 50");
        const auto rows = query.run();
        auto out = ctx_.array();
        for (std::size_t i = 0; i < rows.size(); ++i) out.push(rows.text(i, 0));
        return out;
    }

    Ctx ctx_;
    std::string list_;
    std::vector<Column> columns_;
};

// The order of a list by such a column, and where its next page begins. Rows without a value come last, either way.
class ColumnOrder {
public:
    struct Place {
        std::optional<std::string> value;  // as PostgreSQL writes it
        int64_t id = 0;
    };
    ColumnOrder(const ListColumns::Column& column, bool descending) : column_{&column}, descending_{descending} {}

    // The view is joined as col; alias is the table with the ids of the list.
    void add_join(Query& query, std::string_view alias) const {
        query.sql(" left join ").sql(column_->view).sql(" col on col.id = ").sql(alias).sql(".id");
    }
    // Appends the key as text, to be selected as column_key for place_of().
    void add_key(Query& query) const { query.sql("col.").sql(column_->key).sql("::text"); }
    void add_order(Query& query, std::string_view alias) const {
        query.sql(" order by col.").sql(column_->key).sql(direction()).sql(" nulls last, ").sql(alias).sql(".id").sql(direction());
    }
    void add_after(Query& query, std::string_view alias, const Place& after) const {
        const std::string_view beyond = descending_ ? " < " : " > ";
        query.sql(" and (");
        if (after.value) {
            query.sql("col.").sql(column_->key).sql(beyond).arg(*after.value).sql(" or col.").sql(column_->key).sql(" is null or (col.");
            query.sql(column_->key).sql(" = ").arg(*after.value);
        } else query.sql("(col.").sql(column_->key).sql(" is null");
        query.sql(" and ").sql(alias).sql(".id").sql(beyond).arg(after.id).sql("))");
    }

private:
    std::string_view direction() const { return descending_ ? " desc" : ""; }

    const ListColumns::Column* column_;
    bool descending_;
};

// The place of a row {id, column_key}.
inline ColumnOrder::Place place_of(Value row) {
    const auto value = row["column_key"].text();
    return {value ? std::optional{std::string{*value}} : std::nullopt, row["id"].integer().value_or(0)};
}

// A place as text that is safe in a URL, and back; nullopt when it is none.
inline std::string encode(const ColumnOrder::Place& place) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    auto out = std::to_string(place.id) + (place.value ? "v" : "n");
    for (const char c : place.value.value_or("")) {
        const auto byte = static_cast<unsigned char>(c);
        (out += kDigits[byte >> 4]) += kDigits[byte & 15];
    }
    return out;
}
inline std::optional<ColumnOrder::Place> decode_place(std::string_view text) {
    const auto end = text.find_first_of("vn");
    if (end == text.npos) return std::nullopt;
    const auto id = to_integer(text.substr(0, end));
    const bool has_value = text[end] == 'v';
    text.remove_prefix(end + 1);
    if (!id || *id <= 0 || text.size() % 2 || (!has_value && !text.empty())) return std::nullopt;
    std::string value;
    for (; !text.empty(); text.remove_prefix(2)) {
        unsigned byte = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + 2, byte, 16);
        if (error != std::errc{} || stop != text.data() + 2 || byte == 0) return std::nullopt;
        value += static_cast<char>(byte);
    }
    return ColumnOrder::Place{has_value ? std::optional{value} : std::nullopt, *id};
}

}  // namespace guichet
