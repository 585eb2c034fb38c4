#include "ticket_export.hpp"

#include "ticket_list_page.hpp"
#include "ticket_query.hpp"

#include <guichet/sdk/csv.hpp>

#include <map>

namespace tickets {
namespace {

// Texts of stored values. They repeat, and are many.
class Texts {
public:
    explicit Texts(const Call& call) : call_{call} {}

    std::string_view of(const Column& column, std::string_view stored) {
        if (stored.empty() || column.other || (column.own && !is_coded(*column.own))) return stored;
        auto [it, fresh] = texts_.try_emplace(column.id + ':' + std::string{stored});
        if (fresh) it->second = column.own ? own(*column.own, stored) : custom(column, stored);
        return it->second;
    }

private:
    static bool is_coded(const ColumnInfo& column) {
        using Kind = ColumnInfo::Kind;
        return column.kind == Kind::code || column.kind == Kind::channel || column.kind == Kind::flag;
    }
    std::string own(const ColumnInfo& column, std::string_view stored) const {
        if (column.kind == ColumnInfo::Kind::flag) return std::string{call_.tr(stored == "true" ? "Yes" : "No")};
        return std::string{label_of(call_, column.field, stored)};
    }
    std::string custom(const Column& column, std::string_view json) const {
        const auto value = guichet::parse_json(call_.ctx, json);
        if (column.type == "text") return std::string{value.text().value_or("")};
        const auto fields = call_.ctx.present_fields(kObject, guichet::kEveryAudience, call_.ctx.object().set(column.custom, value));
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (fields[i]["code"].text() == column.custom) return std::string{fields[i]["text"].text().value_or("")};
        return {};
    }

    const Call& call_;
    std::map<std::string, std::string, std::less<>> texts_;
};

bool is_made_by_us(const Column& column) {
    return column.own && (column.own->kind == ColumnInfo::Kind::time || column.own->kind == ColumnInfo::Kind::percent);
}

std::string table(const Call& call, const std::vector<Column>& columns, const guichet::Rows& rows) {
    guichet::CsvWriter csv;
    for (const auto& column : columns) csv.cell(column.label);
    csv.end_row();
    Texts texts{call};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto text = texts.of(columns[i], rows.maybe_text(row, i + 1).value_or(""));
            if (is_made_by_us(columns[i])) csv.plain(text);
            else csv.cell(text);
        }
        csv.end_row();
    }
    return csv.take();
}

}  // namespace

void export_list(const Call& call, guichet::Request request) {
    const ListRequest list{call, request};
    const auto rows = list_for_export(call, list.filter, list.columns, list.others);
    if (rows.size() > kMostExported)
        throw guichet::Error{GUICHET_E_INVALID,
                             std::string{call.tr("More than 50,000 tickets match. Narrow the list, and export it in parts.")}};
    guichet::Tx tx{call.ctx};
    const auto asked = list.parameters.text();
    call.ctx.audit("tickets.exported", "ticket",
                   call.ctx.object().set("tickets", rows.size()).set("filter", asked).set("columns", ids_of(list.columns)));
    tx.commit();
    request.header("Content-Disposition", "attachment; filename=\"tickets.csv\"");
    request.send(guichet::kCsvType, table(call, list.columns, rows));
}

}  // namespace tickets
