#include "feed_page.hpp"

#include "access.hpp"
#include "event_store.hpp"
#include "feed_store.hpp"
#include "filter.hpp"
#include "interventions.hpp"
#include "present.hpp"

namespace calendar {

using guichet::Ctx;
using guichet::Request;
using guichet::Value;

namespace {

constexpr int64_t kDayUs = int64_t{86'400} * 1'000'000;
constexpr int64_t kDaysBack = 90, kDaysAhead = 730;
constexpr std::size_t kMostEvents = 5000;

// Teams whose events he may read.
Value own_teams(Ctx ctx) {
    auto out = ctx.array();
    const auto teams = ctx.teams(), ids = ctx.team_ids();
    const auto level = ctx.level(kRead);
    for (std::size_t i = 0; i < teams.size(); ++i) {
        bool member = false;
        for (std::size_t k = 0; k < ids.size(); ++k) member = member || ids[k].integer() == teams[i]["id"].integer();
        if (level == GUICHET_LEVEL_ALL || (level == GUICHET_LEVEL_TEAM && member)) out.push(teams[i]);
    }
    return people_options(ctx, out);
}

void send_page(Ctx ctx, Request request, std::string_view address) {
    auto data = ctx.object().set("title", ctx.tr("Calendar feeds")).set("breadcrumb", breadcrumb(ctx, {{ctx.tr("Calendar feeds"), ""}}));
    request.page("feeds.html", data.set("feeds", feeds_of_user(ctx)).set("teams", own_teams(ctx)).set("address", address));
}

bool offers(Value options, std::string_view value) {
    for (std::size_t i = 0; i < options.size(); ++i)
        if (options[i]["value"].text() == value) return true;
    return false;
}

// In a team's feed a private event is no more than time that is taken.
void hide_details(Ctx ctx, Event& event) {
    if (!event.entry.is_private) return;
    event.entry.title = guichet::fill(ctx.tr("%1 is busy"), {event.owner});
    event.entry.place.clear();
    event.entry.description.clear();
    event.details = false;
}

// Series with everything that differs from them, also what lies outside of the window: programs would show it where it was.
std::vector<Event> events_of(Ctx ctx, Window window, const Filter& filter) {
    auto out = load_window(ctx, window, filter, kMostEvents);
    std::vector<int64_t> series;
    for (const auto& event : out)
        if (!event.entry.rule.empty()) series.push_back(event.id);
    std::erase_if(out, [&](const Event& event) { return event.series_id && std::ranges::find(series, *event.series_id) != series.end(); });
    for (auto& event : load_overrides(ctx, series)) out.push_back(std::move(event));
    return out;
}

// The service shows all to the system, which acts here for the feed's maker.
bool may_read_interventions(Ctx ctx, const Feed& feed) {
    const int64_t least = feed.team_id ? GUICHET_LEVEL_TEAM : GUICHET_LEVEL_OWN;
    const auto rows = ctx.exec(
        "select from core.user_level_v1 where user_id = $1 and permission in ('*', 'interventions.intervention.read') and level >= $2 "
        "limit 1",
        feed.user_id, least);
    return !rows.empty();
}

std::string feed_text(Ctx ctx, const Feed& feed) {
    const auto day = ctx.now().us / kDayUs;  // the same text all day long, so that its tag stays
    const Window window{{(day - kDaysBack) * kDayUs}, {(day + kDaysAhead) * kDayUs}};
    Filter filter;
    if (feed.team_id) filter.team = feed.team_id;
    else filter.user = feed.user_id;
    IcsCalendar out;
    out.name = feed.name;
    out.site_url = ctx.site_url();
    for (auto& event : events_of(ctx, window, filter)) {
        if (feed.team_id) hide_details(ctx, event);
        out.events.push_back({std::move(event), {}});
    }
    const auto users = feed.team_id ? users_of_team(ctx, *feed.team_id) : std::vector{feed.user_id};
    if (!users.empty() && may_read_interventions(ctx, feed))
        for (auto& each : planned_for_feed(ctx, window, users)) out.events.push_back(std::move(each));
    return write_ics(out);
}

}  // namespace

void show_feeds(Ctx ctx, Request request) { send_page(ctx, request, ""); }

void make_feed(Ctx ctx, Request request) {
    const auto typed = request.form("team").value_or("");
    if (!typed.empty() && !offers(own_teams(ctx), typed))
        throw guichet::Error{GUICHET_E_INVALID, std::string{ctx.tr("There is no such choice.")}, "team"};
    guichet::Tx tx{ctx};
    const auto token = add_feed(ctx, guichet::to_integer(typed));
    tx.commit();
    send_page(ctx, request, std::string{ctx.site_url()} + "/calendar/feed/" + token + ".ics");
}

void drop_feed(Ctx ctx, Request request) {
    guichet::Tx tx{ctx};
    revoke_feed(ctx, request.id());
    tx.commit();
    request.redirect("/calendar/feeds");
}

void read_feed(Ctx ctx, Request request) {
    auto token = request.param("token").value_or("");
    if (token.ends_with(".ics")) token.remove_suffix(4);
    const auto feed = find_feed(ctx, token);
    if (!feed) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such feed"};
    const auto text = feed_text(ctx, *feed);
    const auto hash = ctx.exec("select encode(sha256(convert_to($1, 'UTF8')), 'hex')", text);
    const auto tag = "\"" + std::string{hash.text(0, 0)} + "\"";
    request.header("ETag", tag);
    if (const auto known = request.header("If-None-Match"); known && known->find(tag) != known->npos) return request.status(304);
    request.send("text/calendar; charset=utf-8", text);
}

}  // namespace calendar
