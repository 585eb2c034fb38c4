#include "widgets.hpp"

#include "present.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Html;
using guichet::Value;

namespace {

constexpr int64_t kDayUs = int64_t{86'400} * 1'000'000;
constexpr std::size_t kMostShown = 8, kMostLookedAt = 400;

Value row(Ctx ctx, const Occurrence& occurrence) {
    const auto item = item_of(ctx, occurrence);
    return ctx.object()
        .set("title", item.title)
        .set("path", item.path)
        .set("color", item.color)
        .set("kind", item.kind)
        .set("when", when(ctx, occurrence.event->entry, occurrence.starts, occurrence.ends));
}

// What comes, and before that what was last.
void show(Ctx ctx, Html out, Window window, const Filter& filter, Value data) {
    const auto now = ctx.now();
    const auto found = find_occurrences(ctx, window, filter, kMostLookedAt).items;
    const auto is_over = [&](const Occurrence& o) { return o.ends.us <= now.us; };
    auto coming = ctx.array(), past = ctx.array();
    for (const auto& each : found)
        if (!is_over(each) && coming.size() < kMostShown) coming.push(row(ctx, each));
    for (auto it = found.rbegin(); it != found.rend(); ++it)
        if (is_over(*it) && past.size() < kMostShown) past.push(row(ctx, *it));
    out.render("widget.html", data.set("coming", coming).set("past", past));
}

Window year_around(Ctx ctx) { return {{ctx.now().us - 366 * kDayUs}, {ctx.now().us + 366 * kDayUs}}; }

}  // namespace

void show_ticket_button(Ctx ctx, Value slot_data, Html out) {
    if (const auto id = slot_data["ticket_id"].integer()) out.render("ticket_button.html", ctx.object().set("ticket_id", *id));
}

void show_ticket_events(Ctx ctx, Value slot_data, Html out) {
    Filter filter;
    filter.ticket = slot_data["ticket_id"].integer();
    if (!filter.ticket) return;
    show(ctx, out, year_around(ctx), filter,
         ctx.object().set("title", ctx.tr("Events")).set("add_path", "/calendar/new?ticket_id=" + std::to_string(*filter.ticket)));
}

void show_account_events(Ctx ctx, Value slot_data, Html out) {
    Filter filter;
    filter.account = slot_data["account_id"].integer();
    if (!filter.account) return;
    show(ctx, out, year_around(ctx), filter,
         ctx.object().set("title", ctx.tr("Events")).set("add_path", "/calendar/new?account_id=" + std::to_string(*filter.account)));
}

void show_my_events(Ctx ctx, Value, Html out) {
    const auto now = ctx.now();
    Filter filter;
    filter.user = ctx.user_id();
    show(ctx, out, {now, {now.us + 14 * kDayUs}}, filter,
         ctx.object().set("title", ctx.tr("My next events")).set("add_path", "/calendar/new"));
}

}  // namespace calendar
