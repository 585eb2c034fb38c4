#include "clocks.hpp"

#include <algorithm>

namespace sla {

namespace {

using Kind = Event::Kind;

// The events once, turned into what each clock asks.
struct Story {
    std::vector<Pause> pauses{};
    std::vector<Instant> customer{}, agent{};
    std::vector<Pause> closings{};  // from closed to reopened
    std::optional<Instant> reached{}, pinned{};
    bool merged = false;
};

void begin(std::vector<Pause>& stretches, Instant at) {
    if (stretches.empty() || stretches.back().to) stretches.push_back({at, {}});
}

void end(std::vector<Pause>& stretches, Instant at) {
    if (!stretches.empty() && !stretches.back().to) stretches.back().to = at;
}

Story story_of(const std::vector<Event>& events, Instant now) {
    Story out;
    for (const auto& e : events) {
        if (e.at > now) break;
        switch (e.kind) {
            case Kind::customer_message:
                out.customer.push_back(e.at);
                break;
            case Kind::agent_message:
                out.agent.push_back(e.at);
                break;
            case Kind::pinned:
                out.pinned = e.due;
                break;
            case Kind::merged:
                out.merged = true;
                break;
            case Kind::status:
                e.pauses ? begin(out.pauses, e.at) : end(out.pauses, e.at);
                e.closed ? begin(out.closings, e.at) : end(out.closings, e.at);
                if (e.reached && !out.reached) out.reached = e.at;
                break;
        }
    }
    return out;
}

std::optional<Instant> first_not_before(const std::vector<Instant>& times, Instant at) {
    const auto it = std::lower_bound(times.begin(), times.end(), at);
    return it == times.end() ? std::nullopt : std::optional{*it};
}

std::optional<Instant> first_closing_not_before(const Story& story, Instant at) {
    for (const auto& closing : story.closings)
        if (closing.from >= at) return closing.from;
    return std::nullopt;
}

Reading read(Opening& opening, Clock clock, int cycle, const Course& course, std::optional<Instant> met_at, Instant now) {
    return {clock, cycle, course.start, met_at, false, false, deadline(opening, course, met_at ? *met_at : now)};
}

// Stops at an answer, or when the ticket is closed without one.
Reading response(Opening& opening, Clock clock, int cycle, Course course, const Story& story, Instant now) {
    const auto answered = first_not_before(story.agent, course.start);
    const auto closed = first_closing_not_before(story, course.start);
    const bool stopped = closed && (!answered || *closed < *answered);
    course.closed_at = stopped ? closed : answered;
    auto out = read(opening, clock, cycle, course, stopped ? std::nullopt : answered, now);
    out.stopped = stopped;
    return out;
}

void add_next_responses(std::vector<Reading>& out, Opening& opening, const Policy& policy, Instant created, const Story& story,
                        Instant now) {
    const auto first = first_not_before(story.agent, created);
    if (!first) return;  // until then the clock of the first response runs
    auto answered = *first;
    for (int cycle = 1;; ++cycle) {
        const auto asked = first_not_before(story.customer, answered + std::chrono::seconds{1});
        if (!asked) return;
        out.push_back(response(opening, Clock::next_response, cycle, {*asked, *policy.next_response, story.pauses}, story, now));
        const auto& last = out.back();
        if (!last.met_at && !last.stopped) return;
        answered = last.met_at ? *last.met_at : *first_closing_not_before(story, *asked);
    }
}

// The latest cycle alone: those before were recorded when they ended.
Reading resolution(Opening& opening, const Policy& policy, Instant created, const Story& story, Instant now) {
    Course course{created, *policy.resolution, story.pauses};
    int cycle = 1;
    std::optional<Instant> met;
    if (policy.to_status) met = course.closed_at = story.reached;
    else
        for (const auto& closing : story.closings) {
            if (!closing.to) met = course.closed_at = closing.from;
            else if (policy.reopen == ReopenPolicy::pause) course.pauses.push_back(closing);
            else if (policy.reopen == ReopenPolicy::restart) course.start = *closing.to, ++cycle;
        }
    auto out = read(opening, Clock::resolution, cycle, course, met, now);
    if (!story.pinned) return out;
    out.pinned = true;
    const auto end = met ? *met : now;
    out.deadline.due = out.deadline.reckoned = *story.pinned;
    out.deadline.breached = *story.pinned < end;
    out.deadline.remaining = distance(opening, end, *story.pinned);
    return out;
}

}  // namespace

std::vector<Reading> readings(Opening& opening, const Policy& policy, Instant created, const std::vector<Event>& events, Instant now) {
    const auto story = story_of(events, now);
    std::vector<Reading> out;
    if (story.merged) return out;
    if (policy.first_response)
        out.push_back(response(opening, Clock::first_response, 1,
                               {created, *policy.first_response, policy.first_response_pauses ? story.pauses : std::vector<Pause>{}}, story,
                               now));
    if (policy.next_response) add_next_responses(out, opening, policy, created, story, now);
    if (policy.resolution) out.push_back(resolution(opening, policy, created, story, now));
    return out;
}

}  // namespace sla
