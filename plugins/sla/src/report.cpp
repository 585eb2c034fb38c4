#include "report.hpp"

#include "access.hpp"
#include "notation.hpp"
#include "words.hpp"

#include <guichet/sdk/csv.hpp>

namespace sla {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kMostBreaches = 200;
constexpr std::string_view kColors[] = {"blue",   "orange", "teal", "purple", "red",   "lime",
                                        "indigo", "yellow", "pink", "cyan",   "green", "azure"};

struct Grouping {
    std::string_view name, label;
    std::string_view key;           // of the ended clocks e
    std::string_view text, joined;  // of the groups g
};
constexpr Grouping kGroupings[] = {
    {"clock", "Clock", "e.kind", "g.key", ""},
    {"month", "Month", "to_char(e.at, 'YYYY-MM')", "g.key", ""},
    {"team", "Team", "e.team_id::text", "t.name", " left join core.team_v1 t on t.id = g.key::bigint"},
    {"user", "User", "e.assignee_id::text", "u.name", " left join core.user_v1 u on u.id = g.key::bigint"},
    {"type", "Type", "e.type", "g.key", ""},
    {"priority", "Priority", "e.priority", "g.key", ""},
    {"account", "Account", "e.account_id::text", "a.name", " left join directory.account_v1 a on a.id = g.key::bigint"},
};

struct Question {
    const Grouping* by = nullptr;
    std::string clock, from, to;  // "" for all
};

Question question_of(Ctx ctx, Request request) {
    Question out;
    const auto by = std::ranges::find(kGroupings, request.query("by").value_or(""), &Grouping::name);
    out.by = by == std::end(kGroupings) ? &kGroupings[0] : &*by;
    if (const auto clock = request.query("clock").value_or(""); find_clock(clock)) out.clock = clock;
    const auto day = [&](std::string_view name) {
        const auto text = request.query(name).value_or("");
        return parse_day(text) ? std::string{text} : std::string{};
    };
    out.from = day("from");
    out.to = day("to");
    if (!request.query("from") && !request.query("to"))
        out.from =
            ctx.exec("select to_char(date_trunc('month', now() at time zone $1::text) - interval '11 months', 'YYYY-MM-DD')", ctx.zone())
                .text(0, 0);
    return out;
}

std::string query_of(const Question& question, std::string_view by) {
    return "by=" + std::string{by} + "&clock=" + question.clock + "&from=" + question.from + "&to=" + question.to;
}

// Clocks that ended, or were late, with the local time at which they did; merged and cancelled tickets are left out (6.3, 10).
void add_ended(guichet::Query& query, const Question& question) {
    query.sql("(select x.*, x.ended_at at time zone ")
        .arg(query.ctx().zone())
        .sql(
            "::text as at from ("
            "select c.kind, c.team_id, c.assignee_id, c.account_id, c.type, c.priority, c.elapsed_s, c.paused_s, c.met_at,"
            " c.breached_at is not null as late, coalesce(c.met_at, c.breached_at) as ended_at from clock c join ticket_state s on "
            "s.ticket_id = c.ticket_id"
            " where s.counted and c.enforced and (c.met_at is not null or c.breached_at is not null)"
            " union all select b.kind, b.team_id, b.assignee_id, b.account_id, '', '', null, null, null, true, b.breached_at from breach b"
            " join ticket_state s on s.ticket_id = b.ticket_id where s.counted and not exists (select from clock c where c.ticket_id = "
            "b.ticket_id"
            " and c.kind = b.kind and c.cycle = b.cycle)) x where true");
    if (!question.clock.empty()) query.sql(" and x.kind = ").arg(question.clock);
    if (!question.from.empty())
        query.sql(" and x.ended_at >= ").arg(question.from).sql("::text::timestamp at time zone ").arg(query.ctx().zone()).sql("::text");
    if (!question.to.empty())
        query.sql(" and x.ended_at < (")
            .arg(question.to)
            .sql("::text::timestamp + interval '1 day') at time zone ")
            .arg(query.ctx().zone())
            .sql("::text");
    query.sql(") e");
}

struct Line {
    std::string label;
    int64_t all = 0, in_time = 0, median = 0, slow = 0, paused = 0;
    int64_t percent() const { return all == 0 ? 0 : in_time * 100 / all; }
};

std::string list_label(Ctx ctx, std::string_view list, std::string_view code) {
    const auto items = ctx.list(list);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]["code"].text() == code) return std::string{items[i]["label"].text().value_or(code)};
    return std::string{code};
}

std::string label_of(Ctx ctx, std::string_view by, std::string_view text) {
    if (text.empty()) return std::string{ctx.tr("None")};
    if (by == "clock") return std::string{clock_label(ctx, text)};
    if (by == "type") return list_label(ctx, "tickets.type", text);
    if (by == "priority") return list_label(ctx, "tickets.priority", text);
    return std::string{text};
}

std::vector<Line> lines_of(Ctx ctx, const Question& question) {
    const auto& by = *question.by;
    guichet::Query query{ctx};
    query.sql("select coalesce(").sql(by.text).sql(", ''), g.n, g.in_time, g.median, g.slow, g.paused from (select ").sql(by.key);
    query.sql(
        " as key, count(*) as n, count(*) filter (where not e.late) as in_time,"
        " coalesce(percentile_cont(0.5) within group (order by e.elapsed_s) filter (where e.met_at is not null), 0)::bigint as median,"
        " coalesce(percentile_cont(0.9) within group (order by e.elapsed_s) filter (where e.met_at is not null), 0)::bigint as slow,"
        " coalesce(sum(e.paused_s), 0)::bigint as paused from ");
    add_ended(query, question);
    query.sql(" group by 1) g").sql(by.joined).sql(by.name == "month" ? " order by g.key" : " order by g.n desc, g.key");
    const auto rows = query.run();
    std::vector<Line> out;
    for (std::size_t i = 0; i < rows.size(); ++i)
        out.push_back(
            {label_of(ctx, by.name, rows.text(i, 0)), rows.i64(i, 1), rows.i64(i, 2), rows.i64(i, 3), rows.i64(i, 4), rows.i64(i, 5)});
    return out;
}

Value shown(Ctx ctx, const std::vector<Line>& lines) {
    auto out = ctx.array();
    for (std::size_t i = 0; i < lines.size() && i < 200; ++i) {
        const auto& line = lines[i];
        auto row =
            ctx.object().set("label", line.label).set("all", line.all).set("in_time", line.in_time).set("late", line.all - line.in_time);
        row.set("percent", line.percent()).set("median", duration(ctx, line.median)).set("slow", duration(ctx, line.slow));
        out.push(row.set("paused", line.paused > 0 ? duration(ctx, line.paused) : "–").set("color", kColors[i % std::size(kColors)]));
    }
    return out;
}

std::string hours(int64_t seconds) {
    const auto hundredths = seconds * 100 / 3600;
    return std::to_string(hundredths / 100) + '.' + (hundredths % 100 < 10 ? "0" : "") + std::to_string(hundredths % 100);
}

guichet::Rows breaches(Ctx ctx, const Question& question, int limit) {
    guichet::Query query{ctx};
    query.sql(
        "select b.ticket_id, b.ticket_ref, b.kind, b.reason, b.overrun_s, b.due_at, b.breached_at, b.met_at, coalesce(u.name, ''), "
        "coalesce(t.name, ''),"
        " coalesce(v.name, ''), to_char(b.due_at at time zone ");
    query.arg(ctx.zone())
        .sql("::text, 'YYYY-MM-DD HH24:MI'), to_char(b.breached_at at time zone ")
        .arg(ctx.zone())
        .sql("::text, 'YYYY-MM-DD HH24:MI')");
    query.sql(
        " from breach b left join core.user_v1 u on u.id = b.assignee_id left join core.team_v1 t on t.id = b.team_id"
        " left join policy_version v on v.policy_id = b.policy_id and v.version = b.policy_version where true");
    if (!question.clock.empty()) query.sql(" and b.kind = ").arg(question.clock);
    if (!question.from.empty())
        query.sql(" and b.breached_at >= ").arg(question.from).sql("::text::timestamp at time zone ").arg(ctx.zone()).sql("::text");
    if (!question.to.empty())
        query.sql(" and b.breached_at < (")
            .arg(question.to)
            .sql("::text::timestamp + interval '1 day') at time zone ")
            .arg(ctx.zone())
            .sql("::text");
    return query.sql(" order by b.breached_at desc, b.ticket_id limit ").arg(int64_t{limit}).run();
}

std::set<int64_t> visible_of(Ctx ctx, const guichet::Rows& rows) {
    std::vector<int64_t> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.i64(i, 0));
    return visible(ctx, ids);
}

std::string_view reason_label(Ctx ctx, std::string_view reason) {
    return reason == "change" ? ctx.tr("A change of policy, calendar or priority") : ctx.tr("Time ran out");
}

void send_csv(Ctx ctx, Request request, guichet::CsvWriter& csv, std::string_view name, std::size_t rows) {
    guichet::Tx tx{ctx};
    ctx.audit("sla.exported", std::string{"sla_"}.append(name), ctx.object().set("rows", rows));
    tx.commit();
    request.header("Content-Disposition", "attachment; filename=\"sla-" + std::string{name} + ".csv\"");
    request.send(guichet::kCsvType, csv.text());
}

Value page_data(Ctx ctx, const Question& question, std::string_view path) {
    auto clocks = ctx.array();
    for (const auto name : kClockNames) clocks.push(ctx.object().set("value", name).set("label", clock_label(ctx, name)));
    auto groupings = ctx.array();
    for (const auto& by : kGroupings)
        groupings.push(ctx.object()
                           .set("label", ctx.tr(by.label))
                           .set("url", "/sla/report?" + query_of(question, by.name))
                           .set("current", path == "/sla/report" && &by == question.by));
    groupings.push(ctx.object()
                       .set("label", ctx.tr("Breaches"))
                       .set("url", "/sla/breaches?" + query_of(question, question.by->name))
                       .set("current", path == "/sla/breaches"));
    auto data = ctx.object()
                    .set("clocks", clocks)
                    .set("groupings", groupings)
                    .set("by", question.by->name)
                    .set("by_label", ctx.tr(question.by->label));
    data.set("clock", question.clock).set("from", question.from).set("to", question.to).set("action", path);
    return data.set("export_url", std::string{path} + "/export?" + query_of(question, question.by->name));
}

}  // namespace

void show_report(Ctx ctx, Request request) {
    const auto question = question_of(ctx, request);
    const auto lines = lines_of(ctx, question);
    Line total;
    for (const auto& line : lines) total.all += line.all, total.in_time += line.in_time;
    auto data = page_data(ctx, question, "/sla/report").set("title", ctx.tr("Report of service levels")).set("rows", shown(ctx, lines));
    data.set("total", ctx.object()
                          .set("all", total.all)
                          .set("in_time", total.in_time)
                          .set("late", total.all - total.in_time)
                          .set("percent", total.percent()));
    request.page("report.html", data);
}

void export_report(Ctx ctx, Request request) {
    const auto question = question_of(ctx, request);
    const auto lines = lines_of(ctx, question);
    guichet::CsvWriter csv;
    csv.cell(ctx.tr(question.by->label)).cell(ctx.tr("Ended")).cell(ctx.tr("In time")).cell(ctx.tr("Late")).cell(ctx.tr("Rate (%)"));
    csv.cell(ctx.tr("Median (hours)")).cell(ctx.tr("90 % within (hours)")).cell(ctx.tr("Paused (hours)")).end_row();
    for (const auto& line : lines) {
        csv.cell(line.label)
            .plain(std::to_string(line.all))
            .plain(std::to_string(line.in_time))
            .plain(std::to_string(line.all - line.in_time));
        csv.plain(std::to_string(line.percent())).plain(hours(line.median)).plain(hours(line.slow)).plain(hours(line.paused)).end_row();
    }
    send_csv(ctx, request, csv, "report", lines.size());
}

void show_breaches(Ctx ctx, Request request) {
    const auto question = question_of(ctx, request);
    const auto rows = breaches(ctx, question, kMostBreaches);
    const auto seen = visible_of(ctx, rows);
    auto out = ctx.array();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!seen.contains(rows.i64(i, 0))) continue;
        auto row =
            ctx.object().set("ticket_id", rows.i64(i, 0)).set("ref", rows.text(i, 1)).set("clock", clock_label(ctx, rows.text(i, 2)));
        row.set("reason", reason_label(ctx, rows.text(i, 3))).set("overrun", duration(ctx, rows.i64(i, 4))).set("due_at", rows.time(i, 5));
        row.set("met", !rows.is_null(i, 7)).set("assignee", rows.text(i, 8)).set("team", rows.text(i, 9));
        out.push(row.set("policy", rows.text(i, 10)));
    }
    request.page("breaches.html", page_data(ctx, question, "/sla/breaches").set("title", ctx.tr("Breaches")).set("rows", out));
}

void export_breaches(Ctx ctx, Request request) {
    const auto question = question_of(ctx, request);
    const auto rows = breaches(ctx, question, 100'000);
    const auto seen = visible_of(ctx, rows);
    guichet::CsvWriter csv;
    for (const auto head : {"Number", "Clock", "Policy", "Due", "Breached", "Overrun (hours)", "Cause", "Assignee", "Team"})
        csv.cell(ctx.tr(head));
    csv.end_row();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!seen.contains(rows.i64(i, 0))) continue;
        csv.cell(rows.text(i, 1))
            .cell(clock_label(ctx, rows.text(i, 2)))
            .cell(rows.text(i, 10))
            .cell(rows.text(i, 11))
            .cell(rows.text(i, 12));
        csv.plain(hours(rows.i64(i, 4))).cell(reason_label(ctx, rows.text(i, 3))).cell(rows.text(i, 8)).cell(rows.text(i, 9)).end_row();
    }
    send_csv(ctx, request, csv, "breaches", rows.size());
}

void mail_report(Ctx ctx, guichet::Job) {
    const auto address = guichet::trim(ctx.settings()["report_to"].text().value_or(""));
    if (!guichet::is_email(address)) return;
    const auto month = ctx.exec(
        "select to_char(m, 'YYYY-MM-DD'), to_char(m + interval '1 month - 1 day', 'YYYY-MM-DD'), to_char(m, 'MM/YYYY') from"
        " (select date_trunc('month', now() at time zone $1::text) - interval '1 month') t(m)",
        ctx.zone());
    const Question question{&kGroupings[0], {}, std::string{month.text(0, 0)}, std::string{month.text(0, 1)}};
    std::string lines;
    for (const auto& line : lines_of(ctx, question))
        lines += guichet::fill(
                     ctx.tr("- %1: %2 %, %3 in time, %4 late"),
                     {line.label, std::to_string(line.percent()), std::to_string(line.in_time), std::to_string(line.all - line.in_time)}) +
                 '\n';
    if (lines.empty()) lines = ctx.tr("Nothing was measured");
    guichet::Tx tx{ctx};
    const auto values =
        ctx.object().set("month", month.text(0, 2)).set("lines_markdown", lines).set("url", "/sla/report?" + query_of(question, "clock"));
    ctx.send_mail("sla.report", ctx.object().set("to", address), values);
    tx.commit();
}

}  // namespace sla
