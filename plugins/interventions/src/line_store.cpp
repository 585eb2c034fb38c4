#include "line_store.hpp"

#include "intervention_store.hpp"
#include "record.hpp"

#include <algorithm>

namespace interventions {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::string_view kColumns =
    "l.id, l.intervention_id, l.kind, l.day, l.description, l.seconds, l.quantity, l.billable, l.user_id, l.version";

bool is_zero(std::string_view number) { return number.find_first_not_of("0.") == number.npos; }

int64_t intervention_of(Value row) { return row["intervention_id"].integer().value_or(0); }

}  // namespace

Value line_kinds(Ctx ctx) {
    auto out = ctx.array();
    const auto add = [&](std::string_view value, std::string_view label, std::string_view color) {
        out.push(ctx.object().set("value", value).set("label", ctx.tr(label)).set("color", color));
    };
    add("labour", "Labour", "blue");
    add("travel", "Travel", "cyan");
    add("part", "Part", "orange");
    return out;
}

Draft new_line(Ctx ctx, int64_t intervention_id) {
    Draft draft{ctx, kLine};
    draft.set("intervention_id", std::to_string(intervention_id));
    draft.set("day", ctx.exec("select ((now() at time zone $1::text)::date)::text", ctx.zone()).text(0, 0));
    if (ctx.user_id() > 0) draft.set("user_id", std::to_string(ctx.user_id()));
    return draft;
}

void check_line(Ctx ctx, Draft& draft, guichet::Problems& problems) {
    draft.check(problems);
    const bool part = draft.get("kind") == "part";
    const auto seconds = draft.get("seconds"), quantity = draft.get("quantity");
    if (part && !is_zero(seconds)) problems.add("seconds", ctx.tr("A part has a quantity, no duration."));
    if (part && is_zero(quantity)) problems.add("quantity", ctx.tr("Enter how many, more than 0."));
    if (!part && is_zero(seconds)) problems.add("seconds", ctx.tr("Enter how long it took, such as 1:30."));
    if (!part && !quantity.empty()) problems.add("quantity", ctx.tr("Only a part has a quantity."));
    if (draft.get("user_id").empty() || !draft.changes("user_id") || draft.id("user_id") == ctx.user_id()) return;
    const auto users = ctx.users();
    bool known = false;
    for (std::size_t i = 0; i < users.size(); ++i) known = known || users[i]["id"].integer() == draft.id("user_id");
    if (!known) problems.add("user_id", ctx.tr("Choose one of the list."));
}

Value lines_of(Ctx ctx, int64_t intervention_id) {
    guichet::Query query{ctx};
    return query.sql("select ")
        .sql(kColumns)
        .sql(" from line l where l.intervention_id = ")
        .arg(intervention_id)
        .sql(" order by l.day, l.id")
        .run()
        .value();
}

Value shown_lines(Ctx ctx, int64_t intervention_id) {
    guichet::Query query{ctx};
    query.sql("select ")
        .sql(kColumns)
        .sql(", l.day::timestamp at time zone ")
        .arg(ctx.zone())
        .sql("::text as day_at, u.name as user_name from line l");
    query.sql(" left join core.user_v1 u on u.id = l.user_id where l.intervention_id = ").arg(intervention_id);
    const auto rows = query.sql(" order by l.day, l.id").run().value();
    const auto kinds = line_kinds(ctx);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        const auto kind = choice_of(ctx, kinds, row["kind"].text().value_or(""));
        row.set("kind_label", kind["label"]).set("kind_color", kind["color"]);
        auto quantity = normalise(Kind::decimal, as_text(row["quantity"]));
        if (ctx.language() == "fr") std::ranges::replace(quantity, '.', ',');
        row.set("amount", quantity.empty() ? hours_and_minutes(row["seconds"].integer().value_or(0)) : "× " + quantity);
    }
    return rows;
}

Value totals_of(Ctx ctx, Value lines) {
    int64_t labour = 0, travel = 0, billable = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto seconds = lines[i]["seconds"].integer().value_or(0);
        (lines[i]["kind"].text() == "travel" ? travel : labour) += seconds;
        if (lines[i]["billable"].boolean().value_or(false)) billable += seconds;
    }
    auto out = ctx.object();
    for (const auto& [name, seconds] :
         {std::pair{"labour", labour}, {"travel", travel}, {"total", labour + travel}, {"billable", billable}})
        out.set(name, seconds ? std::optional{hours_and_minutes(seconds)} : std::nullopt);
    return out;
}

Value get_line(Ctx ctx, int64_t intervention_id, int64_t line_id) {
    guichet::Query query{ctx};
    query.sql("select ").sql(kColumns).sql(" from line l where l.intervention_id = ").arg(intervention_id).sql(" and l.id = ").arg(line_id);
    return only_row(query.run());
}

int64_t create_line(Ctx ctx, const Draft& draft) {
    guichet::Tx tx{ctx};
    lock_open(ctx, draft.id("intervention_id"));
    const auto id = insert(ctx, draft);
    note(ctx, draft.id("intervention_id"), "line_added", draft.get("description"));
    tx.commit();
    return id;
}

bool update_line(Ctx ctx, const Draft& draft, Value row, int64_t version) {
    guichet::Tx tx{ctx};
    lock_open(ctx, intervention_of(row));
    if (!update(ctx, draft, row["id"].integer().value_or(0), version)) return false;
    if (draft.changes_anything()) note(ctx, intervention_of(row), "line_changed", draft.get("description"));
    tx.commit();
    return true;
}

void delete_line(Ctx ctx, Value row) {
    guichet::Tx tx{ctx};
    lock_open(ctx, intervention_of(row));
    ctx.exec("delete from line where id = $1", row["id"].integer());
    note(ctx, intervention_of(row), "line_deleted", row["description"].text().value_or(""));
    tx.commit();
}

}  // namespace interventions
