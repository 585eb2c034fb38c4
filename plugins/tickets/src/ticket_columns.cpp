#include "ticket_columns.hpp"

#include <algorithm>

namespace tickets {

using guichet::Value;

namespace {

using Kind = ColumnInfo::Kind;

constexpr std::string_view kAssignee = " left join core.user_v1 u on u.id = t.assignee_id";
constexpr std::string_view kInCharge = " left join core.user_v1 ic on ic.id = t.in_charge_id";
constexpr std::string_view kTeam = " left join core.team_v1 tm on tm.id = t.team_id";
constexpr std::string_view kCreator = " left join core.user_v1 cu on cu.id = t.created_by";
constexpr std::string_view kAccount = " left join directory.account_v1 a on a.id = t.account_id";
constexpr std::string_view kContact = " left join directory.contact_v1 c on c.id = t.contact_id";
constexpr std::string_view kContract = " left join directory.contract_v1 k on k.id = t.contract_id";

constexpr ColumnInfo kAllColumns[] = {
    {"ref", "Number", Kind::text, "ref", "t.ref", "", {}, true, "ref", true},
    {"subject", "Title", Kind::subject, "subject", "t.subject", "", {}, true},
    {"account", "Account", Kind::account, "account_name", "a.name", kAccount, {}, true},
    {"contact", "Contact", Kind::text, "contact_name", "c.name", kContact},
    {"contract", "Contract", Kind::text, "contract_ref", "k.ref", kContract},
    {"status", "Status", Kind::code, "status", "t.status_id", "", Field::status, true, "status"},
    {"priority", "Priority", Kind::code, "priority", "t.priority", "", Field::priority, true, "priority", true},
    {"type", "Type", Kind::code, "type", "t.type", "", Field::type, true, "type"},
    {"category", "Category", Kind::code, "category", "t.category", "", Field::category, false, "category"},
    {"severity", "Severity", Kind::code, "severity", "t.severity", "", Field::severity, false, "severity", true},
    {"assignee", "Assignee", Kind::person, "assignee_name", "u.name", kAssignee, {}, true},
    {"in_charge", "In charge of the issue", Kind::person, "in_charge_name", "ic.name", kInCharge},
    {"team", "Team", Kind::text, "team_name", "tm.name", kTeam},
    {"channel", "Origin", Kind::channel, "channel", "t.channel", "", Field::channel},
    {"tags", "Tags", Kind::text, "tag_names", "array_to_string(t.tags, ', ')", ""},
    {"visible_to_client", "Shown to the customer", Kind::flag, "visible_to_client", "t.visible_to_client", ""},
    {"progress", "Progress (%)", Kind::percent, "progress", "t.progress", ""},
    {"due_at", "Due", Kind::time, "due_at", "t.due_at", "", {}, false, "due_at"},
    {"created_at", "Created", Kind::time, "created_at", "t.created_at", "", {}, false, "created_at", true},
    {"created_by", "Created by", Kind::text, "creator_name", "cu.name", kCreator},
    {"updated_at", "Updated", Kind::time, "updated_at", "t.updated_at", "", {}, true, "updated_at", true},
    {"resolved_at", "Resolved", Kind::time, "resolved_at", "t.resolved_at", ""},
    {"closed_at", "Closed", Kind::time, "closed_at", "t.closed_at", ""},
};

bool is_plain(const ColumnInfo& column) { return column.value.starts_with("t."); }

std::string_view kind_name(Kind kind) {
    switch (kind) {
        case Kind::subject:
            return "subject";
        case Kind::code:
            return "code";
        case Kind::person:
            return "person";
        case Kind::account:
            return "account";
        case Kind::time:
            return "time";
        case Kind::percent:
            return "percent";
        default:
            return "text";
    }
}

Value own_cell(const Call& call, const ColumnInfo& column, Value row) {
    auto cell = call.ctx.object().set("kind", column.id == "ref" ? "ref" : kind_name(column.kind));
    if (column.kind == Kind::channel) return cell.set("value", label_of(call, Field::channel, row["channel"].text().value_or("")));
    if (column.kind == Kind::flag) return cell.set("value", call.tr(row[column.member].boolean().value_or(false) ? "Yes" : "No"));
    return cell.set("value", row[column.member]);
}

Value custom_texts(const Call& call, const std::vector<Column>& columns, Value row) {
    const bool any = std::ranges::any_of(columns, [](const Column& column) { return !column.custom.empty(); });
    return any ? call.ctx.present_fields(kObject, guichet::kEveryAudience, row["custom"]) : Value{};
}

Value custom_cell(const Call& call, const Column& column, Value texts) {
    auto cell = call.ctx.object().set("kind", "text");
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (texts[i]["code"].text() == column.custom) cell.set("value", texts[i]["text"]);
    return cell;
}

// What the list is sorted by; a column without that is drawn, not told.
void add_foreign_text(guichet::Query& query, const guichet::ListColumns::Column& column) {
    if (column.view.empty()) query.sql("null");
    else query.sql("(select v.").sql(column.key).sql("::text from ").sql(column.view).sql(" v where v.id = t.id)");
}

}  // namespace

const std::span<const ColumnInfo> kColumns{kAllColumns};

std::vector<Column> every_column(const Call& call, const guichet::ListColumns& others) {
    std::vector<Column> out;
    for (const auto& column : kAllColumns)
        out.push_back({.id = std::string{column.id}, .label = std::string{call.tr(column.label)}, .own = &column});
    const auto fields = call.ctx.fields(kObject, guichet::kEveryAudience);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string code{fields[i]["code"].text().value_or("")};
        out.push_back({.id = "custom." + code,
                       .label = std::string{fields[i]["label"].text().value_or(code)},
                       .custom = code,
                       .type = std::string{fields[i]["type"].text().value_or("")}});
    }
    for (std::size_t i = 0; i < others.all().size(); ++i)
        out.push_back({.id = others.all()[i].id, .label = others.all()[i].label, .other = i});
    return out;
}

std::vector<Column> chosen_columns(const std::vector<Column>& all, std::string_view ids) {
    std::vector<Column> out;
    while (!ids.empty()) {
        const auto end = std::min(ids.find(','), ids.size());
        const auto found = std::ranges::find(all, ids.substr(0, end), &Column::id);
        if (found != all.end() && std::ranges::find(out, found->id, &Column::id) == out.end()) out.push_back(*found);
        ids.remove_prefix(std::min(end + 1, ids.size()));
    }
    if (!out.empty()) return out;
    std::ranges::copy_if(all, std::back_inserter(out),
                         [](const Column& column) { return column.other || (column.own && column.own->standard); });
    return out;
}

std::string ids_of(const std::vector<Column>& columns) {
    std::string out;
    for (const auto& column : columns) out += (out.empty() ? "" : ",") + column.id;
    return out;
}

void add_selected(guichet::Query& query, const std::vector<Column>& columns) {
    for (const auto& info : kAllColumns)  // in the order of the table: the same statement for every order
        if (std::ranges::find(columns, &info, &Column::own) != columns.end() && !is_plain(info))
            query.sql(", ").sql(info.value).sql(" as ").sql(info.member);
    if (std::ranges::any_of(columns, [](const Column& column) { return !column.custom.empty(); })) query.sql(", t.custom");
}

void add_texts(guichet::Query& query, const std::vector<Column>& columns, const guichet::ListColumns& others) {
    for (const auto& column : columns) {
        query.sql(", ");
        if (column.own && column.own->kind == Kind::time)
            query.sql("to_char(").sql(column.own->value).sql(" at time zone ").arg(query.ctx().zone()).sql("::text, 'YYYY-MM-DD HH24:MI')");
        else if (column.own) query.sql(column.own->value).sql("::text");
        else if (!column.custom.empty()) query.sql("(t.custom -> ").arg(column.custom).sql("::text)::text");
        else add_foreign_text(query, others.all()[*column.other]);
    }
}

void add_joins(guichet::Query& query, const std::vector<Column>& columns) {
    for (const auto& info : kAllColumns)
        if (std::ranges::find(columns, &info, &Column::own) != columns.end()) query.sql(info.join);
}

Value heads(const Call& call, const std::vector<Column>& columns, std::string_view sort,
            const std::function<std::string(const std::string&)>& address) {
    auto out = call.ctx.array();
    for (const auto& column : columns) {
        auto head = call.ctx.object().set("label", column.label);
        const std::string order{column.own ? column.own->sort : column.other ? std::string_view{column.id} : std::string_view{}};
        if (!order.empty()) {
            const bool down = sort == "-" + order, up = sort == order;
            const bool downwards = down ? false : up || (column.own && column.own->newest_first);
            head.set("url", address((downwards ? "-" : "") + order)).set("order", down ? "descending" : up ? "ascending" : "");
        }
        out.push(head);
    }
    return out;
}

void add_cells(const Call& call, const std::vector<Column>& columns, const guichet::ListColumns& others, Value rows) {
    if (std::ranges::any_of(columns, [](const Column& column) { return column.other.has_value(); })) others.add_cells(rows);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        const auto foreign = row["cells"], texts = custom_texts(call, columns, row);
        auto cells = call.ctx.array();
        for (const auto& column : columns) {
            auto cell = column.own     ? own_cell(call, *column.own, row)
                        : column.other ? call.ctx.object().set("kind", "html").set("value", foreign[*column.other]["html"])
                                       : custom_cell(call, column, texts);
            cells.push(cell.set("label", column.label));
        }
        row.set("cells", cells);
    }
}

}  // namespace tickets
