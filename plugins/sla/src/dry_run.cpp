#include "dry_run.hpp"

#include "refresh.hpp"

namespace sla {

using guichet::Ctx;

namespace {

constexpr int kBatch = 1000;
constexpr int64_t kMost = 10'000;  // somebody waits for the answer, and it is an estimate anyway

struct Outlook {
    int64_t policy = 0;
    std::vector<std::pair<Clock, Instant>> dues;
    bool late = false;
};

Outlook outlook(PolicyBook& book, const TicketStory& ticket, Instant at) {
    Outlook out;
    const auto* policy = book.match(ticket);
    if (!policy) return out;
    out.policy = policy->id;
    try {
        for (const auto& clock : measure(book, *policy, ticket, at)) {
            if (!clock.runs()) continue;
            out.dues.emplace_back(clock.reading.clock, clock.reading.deadline.reckoned);
            out.late = out.late || clock.late;
        }
    } catch (const NeverOpen&) {
        return out;
    }
    return out;
}

}  // namespace

Effect dry_run(Ctx ctx, ServicePolicy policy) {
    PolicyBook present{ctx}, changed{ctx};
    const auto at = now(ctx);
    if (policy.active && !policy.enforce_from) policy.enforce_from = at;
    changed.replace(std::move(policy));
    Effect out;
    for (int64_t before = INT64_MAX; out.open < kMost;) {
        const auto rows =
            ctx.exec("select id from tickets.ticket_v1 where id < $1 and phase in ('new', 'open', 'waiting') order by id desc limit $2",
                     before, kBatch);
        if (rows.empty()) break;
        std::vector<int64_t> ids;
        for (std::size_t i = 0; i < rows.size(); ++i) ids.push_back(rows.i64(i, 0));
        before = ids.back();
        for (const auto& ticket : load_stories(ctx, ids)) {
            const auto is = outlook(present, ticket, at), would = outlook(changed, ticket, at);
            ++out.open;
            if (is.policy == would.policy && is.dues == would.dues) continue;
            ++out.affected;
            out.late += would.late && !is.late;
        }
    }
    return out;
}

}  // namespace sla
