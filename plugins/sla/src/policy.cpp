#include "policy.hpp"

#include "calendar_input.hpp"

namespace sla {

using guichet::Ctx;
using guichet::Problems;
using guichet::Value;

namespace {

constexpr std::string_view kUnits[] = {"minutes", "hours", "days"};
constexpr std::string_view kReopenPolicies[] = {"pause", "none", "restart"};
constexpr int64_t kMostMinutes = 527'040, kMostPercent = 1000;
constexpr std::size_t kMostLevels = 20, kMostEntries = 200;

template <std::size_t N>
std::optional<std::size_t> place_in(const std::string_view (&names)[N], std::string_view name) {
    const auto it = std::ranges::find(names, name);
    return it == std::end(names) ? std::nullopt : std::optional{static_cast<std::size_t>(it - names)};
}

class Reader {
public:
    Reader(Ctx ctx, Problems& problems) : ctx_{ctx}, problems_{problems} {}

    void add(const std::string& place, std::string_view message) { problems_.add(place, ctx_.tr(message)); }

    std::size_t count(Value list, const std::string& place, std::size_t most) {
        if (!list || list.is_null()) return 0;
        if (!list.is_array()) add(place, "This must be a list.");
        else if (list.size() > most) add(place, "This list is too long.");
        else return list.size();
        return 0;
    }
    std::vector<int64_t> ids(Value list, const std::string& place) {
        std::vector<int64_t> out;
        for (std::size_t i = 0, n = count(list, place, kMostEntries); i < n; ++i) {
            if (list[i].integer().value_or(0) > 0) out.push_back(*list[i].integer());
            else add(place, "Give ids.");
        }
        return out;
    }
    std::vector<std::string> codes(Value list, const std::string& place, std::string_view of_list) {
        std::vector<std::string> out;
        for (std::size_t i = 0, n = count(list, place, kMostEntries); i < n; ++i) {
            const std::string code{list[i].text().value_or("")};
            if (of_list.empty() || is_entry(of_list, code)) out.push_back(code);
            else add(place, "There is no such entry in the list.");
        }
        return out;
    }
    std::string code(Value from, const std::string& place, std::string_view of_list) {
        if (!from || from.is_null() || from.text() == "") return {};
        const std::string code{from.text().value_or("")};
        if (!is_entry(of_list, code)) add(place, "There is no such entry in the list.");
        return code;
    }
    bool flag(Value from, const std::string& place, bool usual) {
        if (!from || from.is_null()) return usual;
        if (!from.boolean()) add(place, "This must be true or false.");
        return from.boolean().value_or(usual);
    }
    int number(Value from, const std::string& place, int64_t least, int64_t most) {
        const auto n = from.integer();
        if (!n) add(place, "This must be a whole number.");
        else if (*n < least || *n > most)
            problems_.add(place, guichet::fill(ctx_.tr("Give a number from %1 to %2."), {std::to_string(least), std::to_string(most)}));
        else return static_cast<int>(*n);
        return 0;
    }
    std::optional<Promise> promise(Value from, const std::string& place) {
        if (!from || from.is_null()) return std::nullopt;
        check_members(ctx_, from, place + ".", {"amount", "unit", "working"}, problems_);
        Promise out;
        const auto unit = place_in(kUnits, from["unit"].text().value_or("hours"));
        if (!unit) add(place + ".unit", "Give minutes, hours or days.");
        out.unit = static_cast<Promise::Unit>(unit.value_or(1));
        constexpr int64_t kMost[] = {kMostMinutes, kMostMinutes / 60, kMostMinutes / 1440};
        out.amount = number(from["amount"], place + ".amount", 0, kMost[unit.value_or(1)]);
        out.working = flag(from["working"], place + ".working", true);
        return out;
    }
    Level level(Value from, const std::string& place) {
        check_members(ctx_, from, place, {"clock", "percent", "minutes", "notify", "assign", "team", "priority", "note"}, problems_);
        Level out;
        const auto clock = find_clock(from["clock"].text().value_or("resolution"));
        if (!clock) add(place + "clock", "Give first_response, next_response or resolution.");
        out.clock = clock.value_or(Clock::resolution);
        const bool percent = from["percent"] && !from["percent"].is_null(), minutes = from["minutes"] && !from["minutes"].is_null();
        if (percent == minutes) add(place + "percent", "Give either per cent of the time, or minutes before or after the deadline.");
        else if (percent) out.percent = number(from["percent"], place + "percent", 0, kMostPercent);
        else out.minutes = number(from["minutes"], place + "minutes", -kMostMinutes, kMostMinutes);
        for (std::size_t i = 0, n = count(from["notify"], place + "notify", 20); i < n; ++i)
            out.notify.push_back(recipient(from["notify"][i], place));
        if (from["assign"] && !from["assign"].is_null()) out.assign = number(from["assign"], place + "assign", 1, INT32_MAX);
        if (from["team"] && !from["team"].is_null()) out.team = number(from["team"], place + "team", 1, INT32_MAX);
        out.priority = code(from["priority"], place + "priority", "tickets.priority");
        out.note = guichet::one_line(from["note"].text().value_or(""));
        if (guichet::count_characters(out.note) > 200) add(place + "note", "Use at most 200 characters.");
        return out;
    }

private:
    bool is_entry(std::string_view list, std::string_view code) const {
        const auto items = ctx_.list(list);
        for (std::size_t i = 0; i < items.size(); ++i)
            if (items[i]["code"].text() == code) return true;
        return false;
    }
    std::string recipient(Value from, const std::string& place) {
        const std::string who{guichet::trim(from.text().value_or(""))};
        if (who != "assignee" && who != "team" && who != "manager" && !guichet::is_email(who))
            add(place + "notify", "Give assignee, team, manager or an address.");
        return who;
    }

    Ctx ctx_;
    Problems& problems_;
};

Value ids_value(Ctx ctx, const std::vector<int64_t>& ids) {
    auto out = ctx.array();
    for (const auto id : ids) out.push(id);
    return out;
}
Value texts_value(Ctx ctx, const std::vector<std::string>& texts) {
    auto out = ctx.array();
    for (const auto& text : texts) out.push(text);
    return out;
}

Value level_value(Ctx ctx, const Level& level) {
    auto out = ctx.object().set("clock", name_of(level.clock)).set("percent", level.percent);
    out.set("minutes", level.percent ? std::nullopt : std::optional{level.minutes}).set("notify", texts_value(ctx, level.notify));
    out.set("assign", level.assign).set("team", level.team).set("note", level.note);
    return out.set("priority", level.priority.empty() ? std::nullopt : std::optional{level.priority});
}

}  // namespace

std::string_view name_of(Clock clock) { return kClockNames[static_cast<std::size_t>(clock)]; }

std::optional<Clock> find_clock(std::string_view name) {
    const auto place = place_in(kClockNames, name);
    return place ? std::optional{static_cast<Clock>(*place)} : std::nullopt;
}

Target Promise::target() const {
    if (unit == Unit::days) return {amount, {}};
    return {0, unit == Unit::hours ? std::chrono::seconds{std::chrono::hours{amount}} : std::chrono::seconds{std::chrono::minutes{amount}}};
}

std::string Level::key() const {
    return std::string{name_of(clock)} + '/' +
           (percent ? std::to_string(*percent) + '%' : (minutes < 0 ? "" : "+") + std::to_string(minutes));
}

std::chrono::seconds Level::left(std::chrono::seconds whole) const {
    if (!percent) return -std::chrono::minutes{minutes};
    return whole - whole * *percent / 100;
}

void read_policy(Ctx ctx, Value from, ServicePolicy& policy, Problems& problems) {
    Reader reader{ctx, problems};
    const auto scope = from["scope"];
    check_members(ctx, scope, "scope.", {"teams", "types", "min_priority", "accounts", "contracts", "channels"}, problems);
    policy.scope.teams = reader.ids(scope["teams"], "scope.teams");
    policy.scope.accounts = reader.ids(scope["accounts"], "scope.accounts");
    policy.scope.contracts = reader.ids(scope["contracts"], "scope.contracts");
    policy.scope.types = reader.codes(scope["types"], "scope.types", "tickets.type");
    policy.scope.channels = reader.codes(scope["channels"], "scope.channels", "");
    policy.scope.min_priority = reader.code(scope["min_priority"], "scope.min_priority", "tickets.priority");
    bool any = false;
    for (std::size_t i = 0; i < 3; ++i) {
        policy.promises[i] = reader.promise(from[kClockNames[i]], std::string{kClockNames[i]});
        any = any || policy.promises[i];
    }
    if (!any) reader.add("resolution", "Promise something: a first response, a next response or a resolution.");
    policy.to_status = from["to_status"].text().value_or("");
    policy.first_response_pauses = reader.flag(from["first_response_pauses"], "first_response_pauses", false);
    const auto reopen = place_in(kReopenPolicies, from["reopen"].text().value_or("pause"));
    if (!reopen) reader.add("reopen", "Give pause, none or restart.");
    policy.reopen = static_cast<ReopenPolicy>(reopen.value_or(0));
    policy.levels.clear();
    for (std::size_t i = 0, n = reader.count(from["levels"], "levels", kMostLevels); i < n; ++i)
        policy.levels.push_back(reader.level(from["levels"][i], "levels." + std::to_string(i) + "."));
}

Value definition_of(Ctx ctx, const ServicePolicy& policy) {
    auto scope = ctx.object().set("teams", ids_value(ctx, policy.scope.teams)).set("types", texts_value(ctx, policy.scope.types));
    scope.set("min_priority", policy.scope.min_priority.empty() ? std::nullopt : std::optional{policy.scope.min_priority});
    scope.set("accounts", ids_value(ctx, policy.scope.accounts)).set("contracts", ids_value(ctx, policy.scope.contracts));
    scope.set("channels", texts_value(ctx, policy.scope.channels));
    auto out = ctx.object().set("scope", scope);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& promise = policy.promises[i];
        out.set(kClockNames[i], promise ? ctx.object()
                                              .set("amount", promise->amount)
                                              .set("unit", kUnits[static_cast<std::size_t>(promise->unit)])
                                              .set("working", promise->working)
                                        : Value{});
    }
    out.set("to_status", policy.to_status.empty() ? std::nullopt : std::optional{policy.to_status});
    out.set("first_response_pauses", policy.first_response_pauses).set("reopen", kReopenPolicies[static_cast<std::size_t>(policy.reopen)]);
    auto levels = ctx.array();
    for (const auto& level : policy.levels) levels.push(level_value(ctx, level));
    return out.set("levels", levels);
}

}  // namespace sla
