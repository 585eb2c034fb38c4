#include "widgets.hpp"

#include "present.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Html;
using guichet::Value;

namespace {

constexpr int64_t kDayUs = int64_t{86'400} * 1'000'000;
constexpr std::size_t kMostShown = 8;

Value rows(Ctx ctx, Window window, const Filter& filter) {
    auto out = ctx.array();
    const auto found = find_occurrences(ctx, window, filter);
    for (const auto& each : found.items) {
        if (out.size() == kMostShown) break;
        const auto item = item_of(ctx, each);
        out.push(ctx.object()
                     .set("title", item.title)
                     .set("path", item.path)
                     .set("color", item.color)
                     .set("kind", item.kind)
                     .set("private", item.is_private)
                     .set("when", when(ctx, each.event->entry, each.starts, each.ends)));
    }
    return out;
}

void show(Ctx ctx, Html out, const Filter& filter, Value data) {
    const auto now = ctx.now();
    data.set("coming", rows(ctx, {now, {now.us + 366 * kDayUs}}, filter));
    data.set("past", rows(ctx, {{now.us - 366 * kDayUs}, now}, filter));
    out.render("widget.html", data);
}

}  // namespace

void show_ticket_button(Ctx ctx, Value slot_data, Html out) {
    if (const auto id = slot_data["ticket_id"].integer()) out.render("ticket_button.html", ctx.object().set("ticket_id", *id));
}

void show_ticket_events(Ctx ctx, Value slot_data, Html out) {
    Filter filter;
    filter.ticket = slot_data["ticket_id"].integer();
    if (!filter.ticket) return;
    show(ctx, out, filter,
         ctx.object().set("title", ctx.tr("Events")).set("add_path", "/calendar/new?ticket_id=" + std::to_string(*filter.ticket)));
}

void show_account_events(Ctx ctx, Value slot_data, Html out) {
    Filter filter;
    filter.account = slot_data["account_id"].integer();
    if (!filter.account) return;
    show(ctx, out, filter,
         ctx.object().set("title", ctx.tr("Events")).set("add_path", "/calendar/new?account_id=" + std::to_string(*filter.account)));
}

void show_my_events(Ctx ctx, Value, Html out) {
    const auto now = ctx.now();
    Filter filter;
    filter.user = ctx.user_id();
    auto data = ctx.object().set("title", ctx.tr("My next events")).set("add_path", "/calendar/new");
    data.set("coming", rows(ctx, {now, {now.us + 14 * kDayUs}}, filter));
    out.render("widget.html", data);
}

}  // namespace calendar
