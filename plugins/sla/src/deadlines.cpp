#include "deadlines.hpp"

#include "access.hpp"
#include "refresh.hpp"
#include "ticket_level.hpp"
#include "words.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int kPage = 25, kChunk = 200;
constexpr std::string_view kRowOf =
    "select s.ticket_id, s.state, s.clock, floor(extract(epoch from s.due_at))::bigint, s.remaining_s, s.policy_id, t.ref, t.subject, "
    "t.status,"
    " coalesce(st.labels ->> ";
constexpr std::string_view kRow =
    ", st.labels ->> 'fr', t.status), coalesce(st.color, 'secondary'), t.priority, t.assignee_id, coalesce(u.name, ''),"
    " t.account_id, coalesce(a.name, '') from ticket_state s join tickets.ticket_v1 t on t.id = s.ticket_id"
    " left join tickets.status_v1 st on st.code = t.status left join core.user_v1 u on u.id = t.assignee_id"
    " left join directory.account_v1 a on a.id = t.account_id where s.open";

int64_t soon_hours(Ctx ctx) { return ctx.settings()["soon_hours"].integer().value_or(4); }

// How the most urgent clock of a ticket stands at this moment; what is stored is as old as the last thing that happened.
class Standings {
public:
    explicit Standings(Ctx ctx) : ctx_{ctx}, book_{ctx}, now_{sla::now(ctx)} {}

    int64_t remaining(std::string_view state, std::string_view clock, std::optional<int64_t> due, int64_t stored,
                      std::optional<int64_t> policy) {
        auto* opening = state == "paused" || !due ? nullptr : opening_of(clock, policy);
        return opening ? distance(*opening, now_, Instant{std::chrono::seconds{*due}}).count() : stored;
    }
    // With how long it goes on counting down without a break, for the page.
    Value standing(std::string_view state, std::string_view clock, std::optional<int64_t> due, int64_t stored,
                   std::optional<int64_t> policy) {
        const auto left = remaining(state, clock, due, stored, policy);
        const auto at = due ? std::optional{Instant{std::chrono::seconds{*due}}} : std::nullopt;
        const bool late = state == "running" && at && *at < now_;
        auto out = sla::standing(ctx_, late ? "late" : state, left, at);
        auto* opening = state == "paused" ? nullptr : opening_of(clock, policy);
        return out.set("clock", clock_label(ctx_, clock)).set("open_for", opening ? opening->open_for(now_).count() : 0);
    }

private:
    Opening* opening_of(std::string_view clock, std::optional<int64_t> id) {
        const auto* policy = id ? book_.find(*id) : nullptr;
        const auto of = find_clock(clock);
        if (!policy || !of) return nullptr;
        const auto& promise = policy->promises[static_cast<std::size_t>(*of)];
        return promise && !promise->working ? &book_.round_the_clock(*policy) : &book_.hours(*policy);
    }

    Ctx ctx_;
    PolicyBook book_;
    Instant now_;
};

Value standing_of(Standings& standings, const guichet::Rows& rows, std::size_t i) {
    return standings.standing(rows.text(i, 1), rows.maybe_text(i, 2).value_or("resolution"), rows.maybe_i64(i, 3),
                              rows.maybe_i64(i, 4).value_or(0), rows.maybe_i64(i, 5));
}

Value priority_badge(Ctx ctx, std::string_view code) {
    const auto items = ctx.list("tickets.priority");
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]["code"].text() == code) return ctx.object().set("label", items[i]["label"]).set("color", items[i]["color"]);
    return {};
}

Value row_of(Ctx ctx, Standings& standings, const guichet::Rows& rows, std::size_t i) {
    auto out = ctx.object().set("id", rows.i64(i, 0)).set("ref", rows.text(i, 6)).set("subject", rows.text(i, 7));
    out.set("status", ctx.object().set("label", rows.text(i, 9)).set("color", rows.text(i, 10)))
        .set("priority", priority_badge(ctx, rows.text(i, 11)));
    out.set("assignee", rows.text(i, 13)).set("account_id", rows.maybe_i64(i, 14)).set("account", rows.text(i, 15));
    return out.set("standing", standing_of(standings, rows, i));
}

struct View {
    std::string_view name, label, condition;
};
constexpr View kViews[] = {
    {"late", "Overdue", "s.state = 'late' and s.due_at is not null"},
    {"soon", "Due soon", "s.state = 'running' and s.due_at is not null"},
    {"all", "All deadlines", "s.due_at is not null"},
    {"paused", "Paused", "s.state = 'paused'"},
};

const View& view_of(Request request) {
    const auto it = std::ranges::find(kViews, request.query("view").value_or(""), &View::name);
    return it == std::end(kViews) ? kViews[0] : *it;
}

// Where the next page begins: "seconds.id".
struct Place {
    int64_t due = 0, id = 0;
};
std::optional<Place> place_of(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == text.npos) return std::nullopt;
    const auto due = guichet::to_integer(text.substr(0, dot)), id = guichet::to_integer(text.substr(dot + 1));
    return due && id ? std::optional{Place{*due, *id}} : std::nullopt;
}

// Of a page, and where the next one begins.
struct Found {
    Value rows;
    std::optional<Place> next;
};

Found find_page(Ctx ctx, const View& view, std::optional<Place> after) {
    Standings standings{ctx};
    Found out{ctx.array(), {}};
    for (;;) {
        guichet::Query query{ctx};
        query.sql(kRowOf).arg(ctx.language()).sql(kRow);
        query.sql(" and ").sql(view.condition);
        if (view.name == "soon") query.sql(" and s.due_at <= now() + ").arg(soon_hours(ctx)).sql(" * interval '1 hour'");
        const std::string_view key = view.name == "paused" ? "to_timestamp(s.remaining_s)" : "s.due_at";
        if (after) query.sql(" and (").sql(key).sql(", s.ticket_id) > (to_timestamp(").arg(after->due).sql("), ").arg(after->id).sql(")");
        const auto rows = query.sql(" order by ").sql(key).sql(", s.ticket_id limit ").arg(int64_t{kChunk}).run();
        std::vector<int64_t> ids;
        for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.i64(i, 0));
        const auto seen = visible(ctx, ids);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!seen.contains(rows.i64(i, 0))) continue;
            if (out.rows.size() == kPage) return out.next = after, out;
            out.rows.push(row_of(ctx, standings, rows, i));
            after = Place{view.name == "paused" ? rows.maybe_i64(i, 4).value_or(0) : rows.maybe_i64(i, 3).value_or(0), rows.i64(i, 0)};
        }
        if (rows.size() < kChunk) return out;
        after =
            Place{view.name == "paused" ? rows.maybe_i64(rows.size() - 1, 4).value_or(0) : rows.maybe_i64(rows.size() - 1, 3).value_or(0),
                  rows.i64(rows.size() - 1, 0)};
    }
}

// One of those that wait for this user, the most urgent first (6.3, 12).
struct Candidate {
    int64_t id = 0, remaining = 0, created = 0;
    bool late = false, timed = false;
    std::ptrdiff_t rank = 0;
};

std::ptrdiff_t rank_of(Value priorities, std::string_view code) {
    for (std::size_t i = 0; i < priorities.size(); ++i)
        if (priorities[i]["code"].text() == code) return static_cast<std::ptrdiff_t>(i);
    return -1;
}

std::vector<Candidate> candidates(Ctx ctx, int64_t except) {
    Standings standings{ctx};
    const auto priorities = ctx.list("tickets.priority");
    const auto rows = ctx.exec(
        "select t.id, coalesce(s.state, 'none'), s.clock, floor(extract(epoch from s.due_at))::bigint, s.remaining_s, s.policy_id, "
        "t.priority,"
        " floor(extract(epoch from t.created_at))::bigint from tickets.ticket_v1 t left join ticket_state s on s.ticket_id = t.id"
        " where t.phase in ('new', 'open', 'waiting') and coalesce(s.state, 'none') <> 'paused' and t.id <> $2"
        " and (t.assignee_id is null or t.assignee_id = $1) and not exists (select from tickets.status_v1 st where st.code = t.status and "
        "st.pauses)"
        " order by (coalesce(s.state, 'none') = 'late') desc, s.due_at nulls last, t.created_at, t.id limit 500",
        ctx.user_id(), except);
    std::vector<Candidate> out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto due = rows.maybe_i64(i, 3);
        out.push_back({.id = rows.i64(i, 0),
                       .remaining = standings.remaining(rows.text(i, 1), rows.maybe_text(i, 2).value_or(""), due, 0, rows.maybe_i64(i, 5)),
                       .created = rows.i64(i, 7),
                       .late = rows.text(i, 1) == "late",
                       .timed = due.has_value(),
                       .rank = rank_of(priorities, rows.text(i, 6))});
    }
    std::ranges::sort(out, {}, [](const Candidate& c) { return std::tuple{!c.late, !c.timed, c.remaining, -c.rank, c.created, c.id}; });
    return out;
}

}  // namespace

void show_deadlines(Ctx ctx, Request request) {
    const auto& view = view_of(request);
    const auto found = find_page(ctx, view, place_of(request.query("cursor").value_or("")));
    auto views = ctx.array();
    for (const auto& one : kViews)
        views.push(ctx.object()
                       .set("label", ctx.tr(one.label))
                       .set("url", "/sla/late?view=" + std::string{one.name})
                       .set("current", &one == &view));
    auto data = ctx.object().set("title", ctx.tr("Deadlines")).set("views", views).set("tickets", found.rows).set("view", view.name);
    if (found.next)
        data.set("next_url", "/sla/late?view=" + std::string{view.name} + "&cursor=" + std::to_string(found.next->due) + "." +
                                 std::to_string(found.next->id));
    if (request.query("cursor")) data.set("first_url", "/sla/late?view=" + std::string{view.name});
    request.page("deadlines.html", data.set("hours", soon_hours(ctx)).set("nothing", request.query("none") == "1"));
}

void next_ticket(Ctx ctx, Request request) {
    const auto all = candidates(ctx, guichet::to_integer(request.query("after").value_or("")).value_or(0));
    std::vector<int64_t> ids;
    for (const auto& one : all) ids.push_back(one.id);
    const auto seen = visible(ctx, ids);
    for (const auto id : ids)
        if (seen.contains(id)) return request.redirect("/tickets/" + std::to_string(id));
    request.redirect("/sla/late?view=all&none=1");
}

void show_late_tile(Ctx ctx, Value, guichet::Html out) {
    out.render("widgets/tile.html",
               ctx.object().set("n", count_late(ctx)).set("url", "/sla/late").set("label", ctx.tr("Overdue deadlines")));
}

void show_soon_tile(Ctx ctx, Value, guichet::Html out) {
    const auto hours = soon_hours(ctx);
    const auto n = count_visible(ctx, "state = 'running'", guichet::Time{ctx.now().us + hours * 3'600'000'000});
    out.render("widgets/tile.html", ctx.object()
                                        .set("n", n)
                                        .set("url", "/sla/late?view=soon")
                                        .set("label", guichet::fill(ctx.tr("Due within %1 h"), {std::to_string(hours)})));
}

void show_next_button(Ctx ctx, Value data, guichet::Html out) {
    out.render("widgets/next.html", ctx.object().set("ticket_id", data["ticket_id"]));
}

void show_ticket_card(Ctx ctx, Value data, guichet::Html out) {
    auto level = ticket_level(ctx, data["ticket_id"].integer().value_or(0));
    if (level["policy"].is_null()) return;
    out.render("widgets/ticket.html", level.set("may_manage", ctx.can("sla.manage")));
}

void show_due_cells(Ctx ctx, guichet::Cells cells) {
    const auto rows = ctx.exec(
        "select ticket_id, state, clock, floor(extract(epoch from due_at))::bigint, remaining_s, policy_id from ticket_state"
        " where ticket_id = any($1::bigint[]) and open and state <> 'none'",
        guichet::array_literal(cells.ids()));
    if (rows.empty()) return;
    Standings standings{ctx};
    for (std::size_t i = 0; i < cells.size(); ++i)
        for (std::size_t r = 0; r < rows.size(); ++r)
            if (rows.i64(r, 0) == cells.id(i))
                cells[i].render("widgets/standing.html", ctx.object().set("s", standing_of(standings, rows, r)));
}

int64_t count_late(Ctx ctx) { return count_visible(ctx, "state = 'late'"); }

}  // namespace sla
