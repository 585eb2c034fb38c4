#include "report_page.hpp"

#include "duration.hpp"
#include "entry_request.hpp"
#include "present.hpp"
#include "report.hpp"

#include <guichet/sdk/csv.hpp>

namespace timesheet {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr std::size_t kMostRows = 200;   // of the page; the file has all
constexpr std::size_t kMostSlices = 12;  // of the chart
constexpr std::string_view kColors[] = {"blue",   "orange", "teal", "purple", "red",   "lime",
                                        "indigo", "yellow", "pink", "cyan",   "green", "azure"};

std::string_view grouping_of(Request request) {
    const auto by = request.query("by").value_or("");
    return is_grouping(by) ? by : kGroupings[0];
}

// Without any day: this month, and with months this year. Nobody waits for sums of ten years that he has not asked for.
EntryFilter filter_of(Ctx ctx, Request request, std::string_view by) {
    auto filter = read_filter(ctx, request, "all");
    if (!request.query("from") && !request.query("to"))
        filter.from = today(ctx).substr(0, by == "month" ? 4 : 7) + (by == "month" ? "-01-01" : "-01");
    return filter;
}

Total sum(const std::vector<ReportRow>& rows) {
    Total out;
    for (const auto& row : rows) {
        out.entries += row.total.entries;
        out.seconds += row.total.seconds;
        out.billable += row.total.billable;
    }
    return out;
}

Value present_rows(Ctx ctx, const std::vector<ReportRow>& rows, const EntryFilter& filter, std::string_view by) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < rows.size() && i < kMostRows; ++i) {
        const auto& row = rows[i];
        auto shown = present(ctx, row.total).set("label", row.label.empty() ? std::string{ctx.tr("None")} : row.label);
        shown.set("hours", static_cast<double>(row.total.seconds * 100 / 3600) / 100).set("color", kColors[i % std::size(kColors)]);
        if (const auto narrow = narrowed(filter, by, row.key)) shown.set("url", "/time?" + query_of(*narrow));
        out.push(shown);
    }
    return out;
}

Value groupings(Ctx ctx, const EntryFilter& filter, std::string_view by) {
    auto out = ctx.array();
    for (const auto name : kGroupings)
        out.push(ctx.object()
                     .set("label", grouping_label(ctx, name))
                     .set("url", "/time/report?by=" + std::string{name} + "&" + query_of(filter))
                     .set("current", name == by));
    return out;
}

}  // namespace

void show_report(Ctx ctx, Request request) {
    const auto by = grouping_of(request);
    const auto filter = filter_of(ctx, request, by);
    const auto rows = report(ctx, filter, by);
    auto data = ctx.object().set("title", ctx.tr("Report of time")).set("by", by).set("by_label", grouping_label(ctx, by));
    data.set("rows", present_rows(ctx, rows, filter, by)).set("total", present(ctx, sum(rows))).set("filter", filter_bar(ctx, filter));
    data.set("groupings", groupings(ctx, filter, by)).set("cut", rows.size() > kMostRows);
    if (rows.size() <= kMostSlices) data.set("chart", by == "month" ? "bar" : "pie");
    data.set("export_url", "/time/report/export?by=" + std::string{by} + "&" + query_of(filter))
        .set("list_url", "/time?" + query_of(filter));
    request.page("report/page.html", data);
}

void export_report(Ctx ctx, Request request) {
    const auto by = grouping_of(request);
    const auto filter = filter_of(ctx, request, by);
    const auto rows = report(ctx, filter, by);
    guichet::CsvWriter csv;
    csv.cell(grouping_label(ctx, by))
        .cell(ctx.tr("Entries"))
        .cell(ctx.tr("Hours"))
        .cell(ctx.tr("Billable hours"))
        .cell(ctx.tr("Duration"))
        .end_row();
    for (const auto& row : rows) {
        csv.cell(row.label.empty() ? ctx.tr("None") : std::string_view{row.label}).plain(std::to_string(row.total.entries));
        csv.plain(decimal_hours(ctx, row.total.seconds)).plain(decimal_hours(ctx, row.total.billable));
        csv.plain(format_duration(ctx, row.total.seconds)).end_row();
    }
    guichet::Tx tx{ctx};
    ctx.audit("timesheet.exported", "time_report", ctx.object().set("rows", rows.size()).set("by", by).set("filter", query_of(filter)));
    tx.commit();
    request.header("Content-Disposition", "attachment; filename=\"time-by-" + std::string{by} + ".csv\"");
    request.send(guichet::kCsvType, csv.text());
}

}  // namespace timesheet
