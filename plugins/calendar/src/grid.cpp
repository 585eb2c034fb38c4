#include "grid.hpp"

#include "words.hpp"

#include <algorithm>

namespace calendar {

using guichet::Ctx;
using guichet::Value;
using namespace std::chrono;

namespace {

constexpr int kQuarter = 15;
constexpr int kQuartersOfDay = 96;
constexpr int kMostLanes = 4;
constexpr int kFirstHour = 7, kLastHour = 19;  // shown even when nothing is there

// The part of an item that is in one day.
struct Piece {
    const Item* item;
    int from, to;  // quarters of an hour from midnight
    int lane = 0, lanes = 1;
};

bool is_in(const Item& item, Day day) {
    const bool empty = item.starts == item.ends;
    return item.starts < day + days{1} && (item.ends > day || (empty && item.starts >= day));
}

bool fills(const Item& item, Day day) { return item.whole_day || (item.starts <= day && item.ends >= day + days{1}); }

std::string clock_of(const Item& item, Day day) {
    if (fills(item, day)) return {};
    const auto from = std::max(item.starts, Local{day}), to = std::min(item.ends, Local{day + days{1}});
    return words::time(from) + "–" + (to == Local{day + days{1}} ? std::string{"24:00"} : words::time(to));
}

Value item_value(Ctx ctx, const Item& item, Day day) {
    auto out = ctx.object().set("title", item.title).set("path", item.path).set("color", item.color).set("kind", item.kind);
    out.set("span", clock_of(item, day)).set("begins", fills(item, day) ? std::string{} : words::time(std::max(item.starts, Local{day})));
    out.set("private", item.is_private).set("recurs", item.recurs).set("movable", item.movable);
    return out.set("id", item.id).set("version", item.version).set("at", item.at);
}

Value items_of(Ctx ctx, Day day, const std::vector<Item>& items) {
    auto out = ctx.array();
    for (const auto& item : items)
        if (is_in(item, day)) out.push(item_value(ctx, item, day));
    return out;
}

Value day_value(Ctx ctx, Day day, Day today) {
    const auto date = format_day(day);
    return ctx.object()
        .set("date", date)
        .set("number", std::to_string(static_cast<unsigned>(year_month_day{day}.day())))
        .set("label", words::day(day, ctx.language()))
        .set("short", words::short_weekday(day, ctx.language()))
        .set("path", "/calendar?view=day&date=" + date)
        .set("today", day == today);
}

// ISO 8601: the week of the year that has its Thursday.
int week_number(Day monday) {
    const auto thursday = monday + days{3};
    const auto first = local_days{year_month_day{thursday}.year() / 1 / 1};
    return static_cast<int>((thursday - first).count() / 7) + 1;
}

int quarters(Local at, Day day) { return static_cast<int>(duration_cast<minutes>(at - day).count()) / kQuarter; }

std::vector<Piece> pieces_of(Day day, const std::vector<Item>& items) {
    std::vector<Piece> out;
    for (const auto& item : items) {
        if (!is_in(item, day) || fills(item, day)) continue;
        const int from = std::clamp(quarters(item.starts, day), 0, kQuartersOfDay - 1);
        const int to = std::clamp(quarters(item.ends + minutes{kQuarter - 1}, day), from + 2, std::max(from + 2, kQuartersOfDay));
        out.push_back({&item, from, to});
    }
    std::ranges::stable_sort(out, {}, &Piece::from);
    return out;
}

// What overlaps stands side by side.
void give_lanes(std::vector<Piece>& pieces) {
    for (std::size_t begin = 0; begin < pieces.size();) {
        std::vector<int> ends;
        int until = 0;
        std::size_t end = begin;
        for (; end < pieces.size() && (end == begin || pieces[end].from < until); ++end) {
            auto& piece = pieces[end];
            auto lane = std::ranges::find_if(ends, [&](int e) { return e <= piece.from; });
            if (lane == ends.end() && std::ssize(ends) < kMostLanes) lane = ends.insert(ends.end(), 0);
            else if (lane == ends.end()) lane = std::prev(ends.end());
            piece.lane = static_cast<int>(lane - ends.begin());
            *lane = piece.to;
            until = std::max(until, piece.to);
        }
        for (auto i = begin; i < end; ++i) pieces[i].lanes = static_cast<int>(ends.size());
        begin = end;
    }
}

Value piece_value(Ctx ctx, const Piece& piece, Day day) {
    const auto lane = "cal-lane-" + std::to_string(piece.lane + 1) + "-" + std::to_string(piece.lanes);
    return item_value(ctx, *piece.item, day)
        .set("place", "cal-from-" + std::to_string(piece.from % 4) + " cal-for-" + std::to_string(piece.to - piece.from) + " " + lane +
                          (piece.to - piece.from < 4 ? " cal-short" : ""));
}

}  // namespace

Value month_grid(Ctx ctx, Day from, Day to, Day month, Day today, const std::vector<Item>& items) {
    auto heads = ctx.array(), weeks = ctx.array();
    for (int i = 0; i < 7; ++i)
        heads.push(ctx.object()
                       .set("label", words::weekday(from + days{i}, ctx.language()))
                       .set("short", words::short_weekday(from + days{i}, ctx.language())));
    for (auto monday = from; monday < to; monday += days{7}) {
        auto row = ctx.array();
        for (int i = 0; i < 7; ++i) {
            const auto day = monday + days{i};
            row.push(day_value(ctx, day, today)
                         .set("other", year_month_day{day}.month() != year_month_day{month}.month())
                         .set("items", items_of(ctx, day, items)));
        }
        weeks.push(
            ctx.object().set("number", week_number(monday)).set("path", "/calendar?view=week&date=" + format_day(monday)).set("days", row));
    }
    return ctx.object().set("heads", heads).set("weeks", weeks);
}

Value time_grid(Ctx ctx, Day from, int count, Day today, const std::vector<Item>& items) {
    auto heads = ctx.array(), all_day = ctx.array(), hours = ctx.array();
    std::vector<std::vector<Piece>> pieces;
    int first = kFirstHour, last = kLastHour;
    for (int i = 0; i < count; ++i) {
        const auto day = from + days{i};
        heads.push(day_value(ctx, day, today));
        std::vector<Item> whole;
        std::ranges::copy_if(items, std::back_inserter(whole), [&](const Item& item) { return is_in(item, day) && fills(item, day); });
        all_day.push(ctx.object().set("date", format_day(day)).set("today", day == today).set("items", items_of(ctx, day, whole)));
        pieces.push_back(pieces_of(day, items));
        give_lanes(pieces.back());
        for (const auto& piece : pieces.back()) {
            first = std::min(first, piece.from / 4);
            last = std::max(last, std::min((piece.to + 3) / 4, 24));
        }
    }
    for (int hour = first; hour < last; ++hour) {
        auto cells = ctx.array();
        for (int i = 0; i < count; ++i) {
            auto inside = ctx.array();
            for (const auto& piece : pieces[static_cast<std::size_t>(i)])
                if (piece.from / 4 == hour) inside.push(piece_value(ctx, piece, from + days{i}));
            cells.push(ctx.object().set("date", format_day(from + days{i})).set("today", from + days{i} == today).set("items", inside));
        }
        hours.push(ctx.object().set("label", words::time(Local{from} + std::chrono::hours{hour})).set("hour", hour).set("cells", cells));
    }
    return ctx.object().set("heads", heads).set("all_day", all_day).set("hours", hours);
}

Value agenda(Ctx ctx, Day from, Day to, Day today, const std::vector<Item>& items) {
    auto out = ctx.array();
    for (auto day = from; day < to; day += days{1}) {
        const auto inside = items_of(ctx, day, items);
        if (inside.size() > 0) out.push(day_value(ctx, day, today).set("items", inside));
    }
    return out;
}

}  // namespace calendar
