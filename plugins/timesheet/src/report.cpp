#include "report.hpp"

#include "activities.hpp"

#include <algorithm>

namespace timesheet {

using guichet::Ctx;

namespace {

struct Grouping {
    std::string_view name, label;
    std::string_view key;           // of entry e
    std::string_view text, joined;  // of group g
};
constexpr Grouping kAll[] = {
    {"user", "User", "e.user_id::text", "u.name", " left join core.user_v1 u on u.id = g.key::bigint"},
    {"account", "Account", "e.account_id::text", "a.name", " left join directory.account_v1 a on a.id = g.key::bigint"},
    {"contract", "Contract", "e.contract_id::text", "c.ref || ' – ' || c.label",
     " left join directory.contract_v1 c on c.id = g.key::bigint"},
    {"month", "Month", "to_char(e.day, 'YYYY-MM')", "g.key", ""},
    {"activity", "Activity", "nullif(e.activity, '')", "g.key", ""},
};

const Grouping& find(std::string_view by) { return *std::ranges::find(kAll, by, &Grouping::name); }

std::string month_label(Ctx ctx, std::string_view key) {
    constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};
    const auto month = guichet::to_integer(key.substr(5)).value_or(1);
    return guichet::fill(ctx.tr("%1 %2"), {ctx.tr(kMonths[month - 1]), key.substr(0, 4)});
}

std::string label_of(Ctx ctx, std::string_view by, std::string_view text) {
    if (by == "month" && !text.empty()) return month_label(ctx, text);
    return by == "activity" ? activity_label(ctx, text) : std::string{text};
}

}  // namespace

bool is_grouping(std::string_view text) { return std::ranges::find(kGroupings, text) != std::end(kGroupings); }

std::string_view grouping_label(Ctx ctx, std::string_view by) { return ctx.tr(find(by).label); }

std::vector<ReportRow> report(Ctx ctx, const EntryFilter& filter, std::string_view by) {
    const auto& grouping = find(by);
    guichet::Query query{ctx};
    query.sql("select coalesce(g.key, ''), coalesce(").sql(grouping.text).sql(", ''), g.entries, g.seconds, g.billable from (select ");
    query.sql(grouping.key)
        .sql(
            " as key, count(*) as entries, sum(e.seconds)::bigint as seconds,"
            " coalesce(sum(e.seconds) filter (where e.billable), 0)::bigint as billable from entry e");
    add_where(query, filter);
    query.sql(" group by 1) g").sql(grouping.joined).sql(by == "month" ? " order by g.key" : " order by g.seconds desc, g.key");
    const auto rows = query.run();
    std::vector<ReportRow> out;
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push_back({std::string{rows.text(i, 0)}, label_of(ctx, by, rows.text(i, 1)), {rows.i64(i, 2), rows.i64(i, 3), rows.i64(i, 4)}});
    return out;
}

std::optional<EntryFilter> narrowed(EntryFilter filter, std::string_view by, std::string_view key) {
    if (key.empty()) return std::nullopt;
    if (by == "activity") filter.activity = key;
    else if (by == "month") {
        const auto first = std::string{key} + "-01";
        std::string last = std::string{key} + "-28";
        for (auto day = day_after(last); day.starts_with(key); day = day_after(day)) last = day;
        if (filter.from < first) filter.from = first;
        if (filter.to.empty() || filter.to > last) filter.to = last;
    } else (by == "user" ? filter.user : by == "account" ? filter.account : filter.contract) = guichet::to_integer(key);
    return filter;
}

}  // namespace timesheet
