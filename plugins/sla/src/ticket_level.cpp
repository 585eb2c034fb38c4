#include "ticket_level.hpp"

#include "refresh.hpp"
#include "words.hpp"

#include <tickets/tickets_v1.h>

namespace sla {

using guichet::Ctx;
using guichet::Time;
using guichet::Value;

namespace {

Time time_of(Instant at) { return Time{at.time_since_epoch().count() * 1'000'000}; }
std::optional<Time> time_of(const std::optional<Instant>& at) { return at ? std::optional{time_of(*at)} : std::nullopt; }

std::string label_in(Ctx ctx, std::string_view list, std::string_view code) {
    const auto items = ctx.list(list);
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i]["code"].text() == code) return std::string{items[i]["label"].text().value_or(code)};
    return std::string{code};
}

std::string team_name(Ctx ctx, int64_t id) {
    const auto rows = ctx.exec("select name from core.team_v1 where id = $1", id);
    return rows.empty() ? std::string{} : std::string{rows.text(0, 0)};
}

// What of the scope it was that suited the ticket (6.3, 2).
std::string why(Ctx ctx, const ServicePolicy& policy, const TicketStory& ticket) {
    std::string out;
    const auto add = [&](std::string_view what, const std::string& value) {
        out += (out.empty() ? "" : ", ") + guichet::fill(ctx.tr(what), {value});
    };
    const auto& scope = policy.scope;
    if (!scope.teams.empty() && ticket.team) add("team %1", team_name(ctx, *ticket.team));
    if (!scope.types.empty()) add("type %1", label_in(ctx, "tickets.type", ticket.type));
    if (!scope.min_priority.empty()) add("priority %1 or more", label_in(ctx, "tickets.priority", scope.min_priority));
    if (!scope.accounts.empty()) out += (out.empty() ? "" : ", ") + std::string{ctx.tr("the account")};
    if (!scope.contracts.empty()) out += (out.empty() ? "" : ", ") + std::string{ctx.tr("the contract")};
    if (!scope.channels.empty()) out += (out.empty() ? "" : ", ") + std::string{ctx.tr("the origin")};
    return out.empty() ? std::string{ctx.tr("for all tickets")} : out;
}

std::string_view state_of(const Measured& clock) {
    if (clock.reading.met_at) return clock.late ? "met_late" : "met";
    if (clock.reading.stopped) return "stopped";
    if (!clock.enforced) return "not_enforced";
    return clock.paused ? "paused" : clock.late ? "late" : "running";
}

void add_words(Ctx ctx, Value to, std::string_view state) {
    if (state == "met") to.set("text", ctx.tr("Met")).set("color", "green");
    else if (state == "met_late") to.set("text", ctx.tr("Met late")).set("color", "red");
    else if (state == "stopped") to.set("text", ctx.tr("Closed without an answer")).set("color", "secondary");
    else if (state == "not_enforced")
        to.set("text", ctx.tr("Not counted: due before the policy came into force")).set("color", "secondary");
}

Value shown(Ctx ctx, PolicyBook& book, const ServicePolicy& policy, const Measured& clock, Instant at) {
    const auto& reading = clock.reading;
    const auto state = state_of(clock);
    auto out = standing(ctx, state, reading.deadline.remaining.count(), reading.deadline.due);
    add_words(ctx, out, state);
    out.set("clock", name_of(reading.clock)).set("label", clock_label(ctx, name_of(reading.clock))).set("cycle", reading.cycle);
    const auto& promise = policy.promises[static_cast<std::size_t>(reading.clock)];
    out.set("promise", promise_text(ctx, *promise));
    out.set("open_for", (promise->working ? book.hours(policy) : book.round_the_clock(policy)).open_for(at).count());
    out.set("started_at", time_of(reading.start)).set("due_at", time_of(reading.deadline.due)).set("met_at", time_of(reading.met_at));
    out.set("stopped", reading.stopped).set("paused", clock.paused).set("pinned", reading.pinned).set("enforced", clock.enforced);
    out.set("breached", clock.late).set("elapsed_s", reading.deadline.elapsed.count()).set("paused_s", reading.deadline.paused.count());
    return out.set("runs", clock.runs());
}

}  // namespace

Value ticket_level(Ctx ctx, int64_t ticket) {
    const auto tickets = ctx.service<tickets_tickets_v1>(TICKETS_TICKETS, 1, 0);
    guichet_value* visible = nullptr;
    if (!tickets) throw guichet::Error{GUICHET_E_NOT_FOUND, "no such ticket"};
    tickets(&tickets_tickets_v1::find, ticket, &visible);
    auto clocks = ctx.array();
    auto out = ctx.object().set("policy", std::nullopt).set("clocks", ctx.array());
    const auto stories = load_stories(ctx, {ticket});
    PolicyBook book{ctx};
    const auto* policy = stories.empty() ? nullptr : book.match(stories[0]);
    if (!policy) return out;
    out.set("policy", ctx.object().set("id", policy->id).set("name", policy->name).set("why", why(ctx, *policy, stories[0])));
    std::vector<Measured> measured;
    const auto at = now(ctx);
    try {
        measured = measure(book, *policy, stories[0], at);
    } catch (const NeverOpen&) {
        return out;  // said where calendars are edited
    }
    // Of answers that were given long ago only the last one is of interest.
    const Measured* last_answer = nullptr;
    for (const auto& clock : measured)
        if (clock.reading.clock == Clock::next_response) last_answer = &clock;
    for (const auto& clock : measured)
        if (clock.reading.clock != Clock::next_response || &clock == last_answer) clocks.push(shown(ctx, book, *policy, clock, at));
    return out.set("clocks", clocks);
}

}  // namespace sla
