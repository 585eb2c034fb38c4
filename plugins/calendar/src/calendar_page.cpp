#include "calendar_page.hpp"

#include "interventions.hpp"
#include "present.hpp"
#include "words.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;
using namespace std::chrono;

namespace {

struct View {
    std::string_view code, label;
};
constexpr View kViews[] = {{"month", "Month"}, {"week", "Week"}, {"day", "Day"}, {"agenda", "Agenda"}};
constexpr std::string_view kUsual = "week";
constexpr int kAgendaDays = 31;

// What a view shows: [from, to), and what its arrows lead to.
struct Range {
    Day from{}, to{}, previous{}, next{};
    std::string title;
};

Day monday_of(Day day) { return day - days{(weekday{day}.iso_encoding() - 1)}; }

Day months_later(Day day, int by) {
    const auto date = year_month_day{day} + months{by};
    return date.ok() ? local_days{date} : local_days{date.year() / date.month() / last};
}

Range range_of(std::string_view view, Day date, std::string_view language) {
    if (view == "month") {
        const auto first = local_days{year_month_day{date}.year() / year_month_day{date}.month() / 1};
        const auto after = months_later(first, 1);
        const auto to = monday_of(after) == after ? after : monday_of(after) + days{7};
        return {monday_of(first), to, months_later(first, -1), after, words::month(date, language)};
    }
    if (view == "day") return {date, date + days{1}, date - days{1}, date + days{1}, words::day_and_year(date, language)};
    const auto from = view == "week" ? monday_of(date) : date;
    const auto length = days{view == "week" ? 7 : kAgendaDays};
    return {from, from + length, from - length, from + length,
            words::day(from, language) + " – " + words::day_and_year(from + length - days{1}, language)};
}

std::string_view view_of(Request request) {
    const auto asked = request.query("view").value_or("");
    const auto* view = std::ranges::find(kViews, asked, &View::code);
    return view == std::end(kViews) ? kUsual : view->code;
}

std::string address(std::string_view view, Day date, Request request) {
    auto out = "/calendar?view=" + std::string{view} + "&date=" + format_day(date);
    for (const auto name : {"user", "team", "type"})
        if (const auto value = request.query(name); value && value->find_first_of("&#% ") == value->npos && !value->empty())
            out.append("&").append(name).append("=").append(*value);
    return out;
}

Value views(Ctx ctx, std::string_view current, Day date, Request request) {
    auto out = ctx.array();
    for (const auto& [code, label] : kViews)
        out.push(ctx.object().set("label", ctx.tr(label)).set("path", address(code, date, request)).set("current", code == current));
    return out;
}

std::vector<Item> items_in(Ctx ctx, Window window, const Filter& filter, bool& more) {
    auto found = find_occurrences(ctx, window, filter);
    more = found.more;
    std::vector<Item> out;
    for (const auto& occurrence : found.items) out.push_back(item_of(ctx, occurrence));
    for (auto& item : planned_interventions(ctx, window, filter)) out.push_back(std::move(item));
    std::ranges::stable_sort(out, {}, &Item::starts);
    return out;
}

}  // namespace

void show_calendar(Ctx ctx, Request request) {
    const auto zone = Zone::of(ctx.zone());
    const auto today = day_of(zone.local(ctx.now()));
    guichet::Problems ignored{ctx};  // a choice that is gone is no choice
    const auto filter = read_filter(ctx, request, ignored);
    const auto view = view_of(request);
    const auto date = parse_day(request.query("date").value_or("")).value_or(today);
    const auto range = range_of(view, date, ctx.language());
    bool more = false;
    // whole days are those of UTC: a day more on both sides
    const Window window{zone.instant(range.from - days{1}), zone.instant(range.to + days{1})};
    const auto items = items_in(ctx, window, filter, more);
    auto data = ctx.object().set("title", ctx.tr("Calendar")).set("heading", range.title).set("view", view).set("more", more);
    data.set("views", views(ctx, view, date, request)).set("date", format_day(date));
    data.set("previous_path", address(view, range.previous, request)).set("next_path", address(view, range.next, request));
    data.set("today_path", address(view, today, request)).set("here", address(view, date, request));
    data.set("add_path", "/calendar/new?date=" + format_day(std::max(range.from, std::min(today, range.to - days{1}))));
    data.set("user", request.query("user").value_or("")).set("team", request.query("team").value_or("")).set("type", filter.type);
    data.set("users", people_options(ctx, ctx.users()))
        .set("teams", people_options(ctx, ctx.teams()))
        .set("types", type_options(ctx, filter.type));
    data.set("agenda", agenda(ctx, range.from, range.to, today, items));
    if (view == "month") data.set("month", month_grid(ctx, range.from, range.to, date, today, items));
    if (view == "week" || view == "day") data.set("time", time_grid(ctx, range.from, view == "week" ? 7 : 1, today, items));
    request.page("calendar.html", data);
}

}  // namespace calendar
