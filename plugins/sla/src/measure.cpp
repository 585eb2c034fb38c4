#include "measure.hpp"

namespace sla {

using std::chrono::seconds;

namespace {

std::vector<Event> events_of(const ServicePolicy& policy, const TicketStory& ticket) {
    std::vector<Event> out;
    if (ticket.due)
        out.push_back(
            {.at = ticket.created, .kind = Event::Kind::pinned, .pauses = false, .closed = false, .reached = false, .due = ticket.due});
    for (const auto& happening : ticket.happenings) {
        out.push_back(happening.event);
        out.back().reached = !policy.to_status.empty() && happening.status == policy.to_status;
    }
    return out;
}

Policy clock_policy(const ServicePolicy& policy, bool working) {
    Policy out;
    const auto target = [&](Clock clock) {
        const auto& promise = policy.promises[static_cast<std::size_t>(clock)];
        return promise && promise->working == working ? std::optional{promise->target()} : std::nullopt;
    };
    out.first_response = target(Clock::first_response);
    out.next_response = target(Clock::next_response);
    out.resolution = target(Clock::resolution);
    out.to_status = !policy.to_status.empty();
    out.first_response_pauses = policy.first_response_pauses;
    out.reopen = policy.reopen;
    return out;
}

// Levels, and when the next thing happens. Nothing happens while the clock stands still.
void look_ahead(Opening& opening, const ServicePolicy& policy, Measured& clock, Instant now) {
    const auto& found = clock.reading.deadline;
    if (!clock.runs() || !clock.enforced || clock.paused) return;
    const auto whole = found.elapsed + found.remaining;
    const auto consider = [&](Instant at) { clock.next = clock.next ? std::min(*clock.next, at) : at; };
    if (!clock.late) consider(found.reckoned + seconds{1});
    for (const auto& level : policy.levels) {
        if (level.clock != clock.reading.clock) continue;
        const auto in = found.remaining - level.left(whole);
        if (in <= seconds{0}) clock.passed.push_back(&level);
        else consider(opening.add(now, in));
    }
    std::ranges::stable_sort(clock.passed, [&](const auto* a, const auto* b) { return a->left(whole) > b->left(whole); });
    if (clock.next) clock.next = std::max(*clock.next, now + seconds{1});
}

void add(std::vector<Measured>& out, Opening& opening, const ServicePolicy& policy, const TicketStory& ticket, bool working, Instant now) {
    for (auto& reading : readings(opening, clock_policy(policy, working), ticket.created, events_of(policy, ticket), now)) {
        Measured clock{.reading = reading, .paused = false, .enforced = true, .late = false, .passed = {}, .next = {}};
        const auto& found = clock.reading.deadline;
        clock.paused = clock.runs() && !found.due;
        clock.enforced = policy.enforce_from && found.reckoned >= *policy.enforce_from;
        clock.late = clock.enforced && found.breached;
        look_ahead(opening, policy, clock, now);
        out.push_back(std::move(clock));
    }
}

}  // namespace

std::vector<Measured> measure(PolicyBook& book, const ServicePolicy& policy, const TicketStory& ticket, Instant now) {
    std::vector<Measured> out;
    if (!ticket.is_counted()) return out;
    const auto any = [&](bool working) {
        return std::ranges::any_of(policy.promises, [&](const auto& promise) { return promise && promise->working == working; });
    };
    if (any(true)) add(out, book.hours(policy), policy, ticket, true, now);
    if (any(false)) add(out, book.round_the_clock(policy), policy, ticket, false, now);
    return out;
}

const Measured* most_urgent(const std::vector<Measured>& clocks) {
    const Measured* out = nullptr;
    const auto key = [](const Measured& clock) { return std::pair{clock.paused, clock.reading.deadline.reckoned}; };
    for (const auto& clock : clocks)
        if (clock.runs() && clock.enforced && (!out || key(clock) < key(*out))) out = &clock;
    return out;
}

}  // namespace sla
