#include "deadline.hpp"

#include <algorithm>

namespace sla {

using std::chrono::seconds;

namespace {

struct Stretch {
    Instant from, to;
};

// What counts after closings and reopenings: one start, one end, and pauses that end.
struct Run {
    Instant start, end;
    std::vector<Stretch> pauses;          // in order, apart from each other
    std::optional<Instant> paused_since;  // not ended yet
};

bool is_reopened(const Course& c) { return c.closed_at && c.reopened_at && *c.reopened_at >= *c.closed_at; }

void merge(std::vector<Stretch>& pauses) {
    std::sort(pauses.begin(), pauses.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    std::size_t kept = 0;
    for (const auto& next : pauses) {
        if (kept > 0 && next.from <= pauses[kept - 1].to) pauses[kept - 1].to = std::max(pauses[kept - 1].to, next.to);
        else pauses[kept++] = next;
    }
    pauses.resize(kept);
}

Run run_of(const Course& course, Instant now) {
    const bool reopened = is_reopened(course);
    const bool closed = course.closed_at && !reopened;
    Run run{course.start, closed ? *course.closed_at : now, {}, {}};
    if (reopened && course.reopen_policy == ReopenPolicy::restart) run.start = *course.reopened_at;
    const auto add = [&](Instant from, std::optional<Instant> to) {
        from = std::max(from, run.start);
        if (!to && closed) to = run.end;
        if (!to && from <= now) run.paused_since = run.paused_since ? std::min(*run.paused_since, from) : from;
        if (to && from < *to) run.pauses.push_back({from, *to});
    };
    for (const auto& pause : course.pauses) add(pause.from, pause.to);
    if (reopened && course.reopen_policy == ReopenPolicy::pause) add(*course.closed_at, *course.reopened_at);
    merge(run.pauses);
    return run;
}

// Only the working part of a pause shifts what is due, and only of one that began before (6.3, 4).
Instant due_of(Opening& opening, const Target& target, const Run& run) {
    auto due = target.working_days > 0 ? opening.add_days(run.start, target.working_days) : opening.add(run.start, target.time);
    if (target.working_days > 0 && target.time > seconds{0}) due = opening.add(due, target.time);
    for (const auto& pause : run.pauses) {
        if (pause.from >= due) break;
        if (const auto lost = opening.between(pause.from, pause.to); lost > seconds{0}) due = opening.add(due, lost);
    }
    return due;
}

seconds paused_until(Opening& opening, const Run& run, Instant end) {
    seconds out{0};
    for (const auto& pause : run.pauses) {
        const auto to = run.paused_since ? std::min(pause.to, std::max(pause.from, *run.paused_since)) : pause.to;
        out += opening.between(pause.from, std::min(to, end));
    }
    if (run.paused_since) out += opening.between(*run.paused_since, end);
    return out;
}

}  // namespace

seconds distance(Opening& opening, Instant from, Instant to) { return opening.between(from, to) - opening.between(to, from); }

Deadline deadline(Opening& opening, const Course& course, Instant now) {
    const auto run = run_of(course, now);
    const auto due = due_of(opening, course.target, run);
    Deadline out;
    out.paused = paused_until(opening, run, run.end);
    out.elapsed = opening.between(run.start, run.end) - out.paused;
    const auto reached = run.paused_since ? std::min(*run.paused_since, run.end) : run.end;
    out.breached = due < reached;
    out.reckoned = due;
    out.remaining = distance(opening, reached, due);
    if (!run.paused_since) out.due = due;
    return out;
}

}  // namespace sla
