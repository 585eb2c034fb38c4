#include "interventions.hpp"

#include <interventions/schedule_v1.h>

namespace calendar {

using guichet::Ctx;
using guichet::Value;

namespace {

Value planned(Ctx ctx, Window window, const std::vector<int64_t>& users) {
    const auto service = ctx.service<interventions_schedule_v1>(INTERVENTIONS_SCHEDULE, 1, 0);
    if (!service) return {};
    guichet_value* out = nullptr;
    service(&interventions_schedule_v1::planned, window.from.us, window.to.us, users.data(), users.size(), &out);
    return {ctx.raw(), out};
}

std::string title_of(Ctx ctx, Value intervention) {
    const auto ref = intervention["ref"].text().value_or(ctx.tr("Draft"));
    return std::string{ref} + " – " + std::string{intervention["subject"].text().value_or("")};
}

// The users whose interventions are asked for; nullopt: nobody's. Empty: everybody's.
std::optional<std::vector<int64_t>> users_of(Ctx ctx, const Filter& filter) {
    if (filter.ticket || filter.account || !filter.type.empty()) return std::nullopt;
    std::vector<int64_t> out;
    if (filter.team) out = users_of_team(ctx, *filter.team);
    if (filter.team && filter.user && std::ranges::find(out, *filter.user) == out.end()) return std::nullopt;
    if (filter.user) out = {*filter.user};
    if (filter.team && out.empty()) return std::nullopt;
    return out;
}

}  // namespace

std::vector<int64_t> users_of_team(Ctx ctx, int64_t team_id) {
    const auto rows = ctx.exec("select user_id from core.team_member_v1 where team_id = $1 limit 500", team_id);
    std::vector<int64_t> out;
    for (std::size_t i = 0; i < rows.size(); ++i) out.push_back(rows.i64(i, 0));
    return out;
}

std::vector<Item> planned_interventions(Ctx ctx, Window window, const Filter& filter) {
    std::vector<Item> out;
    const auto users = users_of(ctx, filter);
    const auto found = users ? planned(ctx, window, *users) : Value{};
    const auto zone = Zone::of(ctx.zone());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto from = found[i]["from"].time(), to = found[i]["to"].time();
        if (!from || !to) continue;
        Item item;
        item.title = title_of(ctx, found[i]);
        item.path = found[i]["path"].text().value_or("");
        item.color = "cyan";
        item.kind = ctx.tr("Intervention");
        item.starts = zone.local(*from);
        item.ends = zone.local(*to);
        out.push_back(std::move(item));
    }
    return out;
}

std::vector<IcsEvent> planned_for_feed(Ctx ctx, Window window, const std::vector<int64_t>& users) {
    std::vector<IcsEvent> out;
    const auto found = planned(ctx, window, users);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto from = found[i]["from"].time(), to = found[i]["to"].time();
        if (!from || !to) continue;
        IcsEvent each;
        each.event.uid = "intervention-" + std::to_string(found[i]["id"].integer().value_or(0));
        each.event.sequence = found[i]["version"].integer().value_or(0);
        each.event.updated = found[i]["updated_at"].time().value_or(*from);
        each.event.entry.title = title_of(ctx, found[i]);
        each.event.entry.place = found[i]["address"].text().value_or("");
        each.event.entry.zone = "UTC";
        each.event.entry.starts = *from;
        each.event.entry.ends = *to;
        out.push_back(std::move(each));
    }
    return out;
}

}  // namespace calendar
