#include "refresh.hpp"

#include <guichet/sdk/custom_fields.hpp>

#include <set>

namespace sla {

using guichet::Ctx;
using guichet::Value;

namespace {

constexpr std::size_t kBatch = 500;

int64_t seconds_of(Instant at) { return at.time_since_epoch().count(); }
std::optional<int64_t> seconds_of(std::optional<Instant> at) { return at ? std::optional{seconds_of(*at)} : std::nullopt; }

using ClockKey = std::tuple<int64_t, std::string, int64_t>;  // ticket, kind, cycle

// What was written down before.
struct Known {
    struct State {
        std::optional<int64_t> policy;
        bool open = true;
        std::optional<Instant> computed;
    };
    struct ClockRow {
        Instant due;
        bool breached = false;
    };
    std::map<int64_t, State> states;
    std::map<ClockKey, ClockRow> clocks;
    std::set<std::pair<ClockKey, std::string>> levels;
};

// The rows of the tickets are locked in the order of their ids: two who refresh the same tickets do it one after the other.
Known lock(Ctx ctx, const std::string& ids) {
    Known out;
    ctx.exec("insert into ticket_state (ticket_id) select unnest($1::bigint[]) order by 1 on conflict do nothing", ids);
    const auto states = ctx.exec(
        "select ticket_id, policy_id, open, floor(extract(epoch from computed_at))::bigint from ticket_state"
        " where ticket_id = any($1::bigint[]) order by ticket_id for update",
        ids);
    for (std::size_t i = 0; i < states.size(); ++i) {
        auto& state = out.states[states.i64(i, 0)];
        state.policy = states.maybe_i64(i, 1);
        state.open = states.boolean(i, 2);
        if (const auto at = states.maybe_i64(i, 3)) state.computed = Instant{std::chrono::seconds{*at}};
    }
    const auto clocks = ctx.exec(
        "select ticket_id, kind, cycle, floor(extract(epoch from due_at))::bigint, breached_at is not null from clock where ticket_id = "
        "any($1::bigint[])",
        ids);
    for (std::size_t i = 0; i < clocks.size(); ++i)
        out.clocks[{clocks.i64(i, 0), std::string{clocks.text(i, 1)}, clocks.i64(i, 2)}] = {Instant{std::chrono::seconds{clocks.i64(i, 3)}},
                                                                                            clocks.boolean(i, 4)};
    const auto levels = ctx.exec("select ticket_id, kind, cycle, level from escalation where ticket_id = any($1::bigint[])", ids);
    for (std::size_t i = 0; i < levels.size(); ++i)
        out.levels.emplace(ClockKey{levels.i64(i, 0), std::string{levels.text(i, 1)}, levels.i64(i, 2)}, std::string{levels.text(i, 3)});
    return out;
}

// Collects the rows of one batch, which are then written by one statement per table.
class Batch {
public:
    Batch(Ctx ctx, Known known, Instant now, const OnReached& on_reached)
        : ctx_{ctx},
          known_{std::move(known)},
          now_{now},
          on_reached_{on_reached},
          states_{ctx.array()},
          clocks_{ctx.array()},
          breaches_{ctx.array()},
          fired_{ctx.array()},
          rearmed_{ctx.array()} {}

    // What was measured when a ticket ended is frozen (6.3, 9).
    bool is_frozen(const TicketStory& ticket) const {
        const auto& state = known_.states.at(ticket.id);
        return !ticket.is_open() && ticket.is_counted() && !state.open && state.computed;
    }

    void add(const TicketStory& ticket, const ServicePolicy* policy, const std::vector<Measured>& clocks) {
        for (const auto& clock : clocks) add_clock(ticket, *policy, clock);
        add_state(ticket, policy, clocks);
    }

    void write(const std::string& ids) {
        ctx_.exec(kWriteStates, guichet::to_json(ctx_, states_));
        ctx_.exec(
            "delete from clock c where c.ticket_id = any($1::bigint[]) and c.met_at is null and not exists (select from "
            "jsonb_to_recordset($2::jsonb) as"
            " r(ticket bigint, kind text, cycle int) where r.ticket = c.ticket_id and r.kind = c.kind and r.cycle = c.cycle)",
            ids, guichet::to_json(ctx_, clocks_));
        if (clocks_.size() > 0) ctx_.exec(kWriteClocks, guichet::to_json(ctx_, clocks_));
        if (breaches_.size() > 0) ctx_.exec(kWriteBreaches, guichet::to_json(ctx_, breaches_));
        if (rearmed_.size() > 0)
            ctx_.exec(
                "delete from escalation e using jsonb_to_recordset($1::jsonb) as r(ticket bigint, kind text, cycle int, level text)"
                " where e.ticket_id = r.ticket and e.kind = r.kind and e.cycle = r.cycle and e.level = r.level",
                guichet::to_json(ctx_, rearmed_));
        if (fired_.size() > 0)
            ctx_.exec(
                "insert into escalation (ticket_id, kind, cycle, level, skipped) select ticket, kind, cycle, level, skipped from"
                " jsonb_to_recordset($1::jsonb) as r(ticket bigint, kind text, cycle int, level text, skipped boolean)",
                guichet::to_json(ctx_, fired_));
    }

private:
    static constexpr std::string_view kWriteStates =
        "update ticket_state t set policy_id = r.policy, policy_version = r.version, open = r.open, counted = r.counted, state = r.state,"
        " clock = r.clock, due_at = to_timestamp(r.due), remaining_s = r.remaining, computed_at = to_timestamp(r.now), next_at = "
        "to_timestamp(r.next)"
        " from jsonb_to_recordset($1::jsonb) as r(ticket bigint, policy bigint, version int, open boolean, counted boolean, state text,"
        " clock text, due bigint, remaining bigint, now bigint, next bigint) where t.ticket_id = r.ticket";
    static constexpr std::string_view kWriteClocks =
        "insert into clock as c (ticket_id, kind, cycle, policy_id, policy_version, started_at, due_at, met_at, stopped, paused, pinned, "
        "enforced,"
        " breached_at, elapsed_s, paused_s, remaining_s, assignee_id, team_id, account_id, type, priority)"
        " select ticket, kind, cycle, policy, version, to_timestamp(start), to_timestamp(due), to_timestamp(met), stopped, paused, pinned, "
        "enforced,"
        " to_timestamp(breached), elapsed, paused_s, remaining, assignee, team, account, type, priority from jsonb_to_recordset($1::jsonb) "
        "as"
        " r(ticket bigint, kind text, cycle int, policy bigint, version int, start bigint, due bigint, met bigint, stopped boolean, paused "
        "boolean,"
        " pinned boolean, enforced boolean, breached bigint, elapsed bigint, paused_s bigint, remaining bigint, assignee bigint, team "
        "bigint,"
        " account bigint, type text, priority text)"
        " on conflict (ticket_id, kind, cycle) do update set policy_id = excluded.policy_id, policy_version = excluded.policy_version,"
        " started_at = excluded.started_at, due_at = excluded.due_at, met_at = excluded.met_at, stopped = excluded.stopped, paused = "
        "excluded.paused,"
        " pinned = excluded.pinned, enforced = excluded.enforced, breached_at = coalesce(c.breached_at, excluded.breached_at),"
        " elapsed_s = excluded.elapsed_s, paused_s = excluded.paused_s, remaining_s = excluded.remaining_s, assignee_id = "
        "excluded.assignee_id,"
        " team_id = excluded.team_id, account_id = excluded.account_id, type = excluded.type, priority = excluded.priority";
    static constexpr std::string_view kWriteBreaches =
        "insert into breach as b (ticket_id, ticket_ref, kind, cycle, policy_id, policy_version, due_at, breached_at, met_at, overrun_s, "
        "reason,"
        " assignee_id, team_id, account_id) select ticket, ref, kind, cycle, policy, version, to_timestamp(due), to_timestamp(breached),"
        " to_timestamp(met), overrun, reason, assignee, team, account from jsonb_to_recordset($1::jsonb) as r(ticket bigint, ref text, "
        "kind text,"
        " cycle int, policy bigint, version int, due bigint, breached bigint, met bigint, overrun bigint, reason text, assignee bigint, "
        "team bigint,"
        " account bigint) on conflict (ticket_id, kind, cycle) do update set met_at = excluded.met_at, overrun_s = excluded.overrun_s";

    ClockKey key_of(const TicketStory& ticket, const Measured& clock) const {
        return {ticket.id, std::string{name_of(clock.reading.clock)}, clock.reading.cycle};
    }
    Value row(const TicketStory& ticket, const Measured& clock) const {
        return ctx_.object().set("ticket", ticket.id).set("kind", name_of(clock.reading.clock)).set("cycle", clock.reading.cycle);
    }

    void add_clock(const TicketStory& ticket, const ServicePolicy& policy, const Measured& clock) {
        const auto& found = clock.reading.deadline;
        const auto before = known_.clocks.find(key_of(ticket, clock));
        const bool was_breached = before != known_.clocks.end() && before->second.breached;
        const bool moved = before == known_.clocks.end() || before->second.due != found.reckoned;
        const auto& computed = known_.states.at(ticket.id).computed;
        const bool by_change = moved && computed && found.reckoned < *computed;
        const auto breached = clock.late ? std::optional{by_change ? now_ : found.reckoned} : std::nullopt;
        auto out = row(ticket, clock).set("policy", policy.id).set("version", policy.version).set("start", seconds_of(clock.reading.start));
        out.set("due", seconds_of(found.reckoned)).set("met", seconds_of(clock.reading.met_at)).set("stopped", clock.reading.stopped);
        out.set("paused", clock.paused)
            .set("pinned", clock.reading.pinned)
            .set("enforced", clock.enforced)
            .set("breached", seconds_of(breached));
        out.set("elapsed", found.elapsed.count()).set("paused_s", found.paused.count()).set("remaining", found.remaining.count());
        out.set("assignee", ticket.assignee).set("team", ticket.team).set("account", ticket.account);
        clocks_.push(out.set("type", ticket.type).set("priority", ticket.priority));
        if (clock.late || was_breached) add_breach(ticket, policy, clock, breached.value_or(now_), by_change);
        add_levels(ticket, policy, clock);
    }

    void add_breach(const TicketStory& ticket, const ServicePolicy& policy, const Measured& clock, Instant breached, bool by_change) {
        const auto& found = clock.reading.deadline;
        auto out = row(ticket, clock).set("ref", ticket.ref).set("policy", policy.id).set("version", policy.version);
        out.set("due", seconds_of(found.reckoned)).set("breached", seconds_of(breached)).set("met", seconds_of(clock.reading.met_at));
        out.set("overrun", std::max<int64_t>(0, -found.remaining.count())).set("reason", by_change ? "change" : "time");
        breaches_.push(out.set("assignee", ticket.assignee).set("team", ticket.team).set("account", ticket.account));
    }

    // A level whose time is yet to come is armed again.
    void add_levels(const TicketStory& ticket, const ServicePolicy& policy, const Measured& clock) {
        const auto key = key_of(ticket, clock);
        const auto is_passed = [&](const std::string& level) {
            return std::ranges::any_of(clock.passed, [&](const auto* one) { return one->key() == level; });
        };
        for (const auto& [of, level] : known_.levels)
            if (of == key && clock.runs() && !clock.paused && !is_passed(level)) rearmed_.push(row(ticket, clock).set("level", level));
        if (!on_reached_ || !ticket.is_open()) return;
        const Level* last = nullptr;
        std::set<std::string> reached;
        for (const auto* level : clock.passed)
            if (!known_.levels.contains({key, level->key()}) && reached.insert(level->key()).second) last = level;
        for (const auto& level : reached) fired_.push(row(ticket, clock).set("level", level).set("skipped", level != last->key()));
        if (last) on_reached_({&ticket, &policy, last, &clock});
    }

    void add_state(const TicketStory& ticket, const ServicePolicy* policy, const std::vector<Measured>& clocks) {
        const auto* urgent = ticket.is_open() ? most_urgent(clocks) : nullptr;
        std::optional<Instant> next;
        for (const auto& clock : clocks) {
            auto at = ticket.is_open() ? clock.next : std::nullopt;
            if (has_level_to_fire(ticket, clock)) at = now_;
            if (at && (!next || *at < *next)) next = at;
        }
        const bool late = std::ranges::any_of(clocks, [](const auto& clock) { return clock.late && clock.runs() && !clock.paused; });
        auto out = ctx_.object().set("ticket", ticket.id).set("policy", policy ? std::optional{policy->id} : std::nullopt);
        out.set("version", policy ? std::optional{policy->version} : std::nullopt)
            .set("open", ticket.is_open())
            .set("counted", ticket.is_counted());
        out.set("state", std::ranges::none_of(clocks, &Measured::enforced) ? "none"
                         : !urgent                                         ? "done"
                         : late                                            ? "late"
                         : urgent->paused                                  ? "paused"
                                                                           : "running");
        out.set("clock", urgent ? std::optional{name_of(urgent->reading.clock)} : std::nullopt);
        out.set("due", urgent ? seconds_of(urgent->reading.deadline.due) : std::nullopt);
        out.set("remaining", urgent ? std::optional{urgent->reading.deadline.remaining.count()} : std::nullopt);
        states_.push(out.set("now", seconds_of(now_)).set("next", seconds_of(next)));
    }
    bool has_level_to_fire(const TicketStory& ticket, const Measured& clock) const {
        return !on_reached_ && ticket.is_open() && std::ranges::any_of(clock.passed, [&](const auto* level) {
            return !known_.levels.contains({key_of(ticket, clock), level->key()});
        });
    }

    Ctx ctx_;
    Known known_;
    Instant now_;
    const OnReached& on_reached_;
    Value states_, clocks_, breaches_, fired_, rearmed_;
};

void refresh_batch(Ctx ctx, PolicyBook& book, const std::vector<int64_t>& tickets, const OnReached& on_reached) {
    const auto ids = guichet::array_literal(tickets);
    auto known = lock(ctx, ids);
    const auto at = now(ctx);
    const auto stories = load_stories(ctx, tickets);
    std::vector<int64_t> found, written;
    Batch batch{ctx, std::move(known), at, on_reached};
    for (const auto& ticket : stories) {
        found.push_back(ticket.id);
        if (batch.is_frozen(ticket)) continue;
        const auto* policy = book.match(ticket);
        std::vector<Measured> clocks;
        try {
            if (policy) clocks = measure(book, *policy, ticket, at);
        } catch (const NeverOpen&) {
            ctx.log(GUICHET_LOG_WARN,
                    "the calendar of the policy " + policy->name + " never opens: ticket " + ticket.ref + " has no deadline");
        }
        batch.add(ticket, policy, clocks);
        written.push_back(ticket.id);
    }
    batch.write(guichet::array_literal(written));
    ctx.exec("delete from ticket_state where ticket_id = any($1::bigint[]) and not ticket_id = any($2::bigint[])", ids,
             guichet::array_literal(found));
}

}  // namespace

Instant now(Ctx ctx) {
    return Instant{std::chrono::seconds{ctx.exec("select floor(extract(epoch from clock_timestamp()))::bigint").i64(0, 0)}};
}

void refresh(Ctx ctx, PolicyBook& book, const std::vector<int64_t>& tickets, const OnReached& on_reached) {
    for (std::size_t from = 0; from < tickets.size(); from += kBatch) {
        const auto to = std::min(tickets.size(), from + kBatch);
        refresh_batch(ctx, book, {tickets.begin() + static_cast<std::ptrdiff_t>(from), tickets.begin() + static_cast<std::ptrdiff_t>(to)},
                      on_reached);
    }
}

void settle(Ctx ctx, PolicyBook& book) {
    const auto rows =
        ctx.exec("select ticket_id from ticket_state where open and next_at <= clock_timestamp() order by ticket_id limit 5000");
    std::vector<int64_t> tickets;
    for (std::size_t i = 0; i < rows.size(); ++i) tickets.push_back(rows.i64(i, 0));
    refresh(ctx, book, tickets);
}

}  // namespace sla
