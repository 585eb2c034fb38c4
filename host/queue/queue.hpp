// Rows of a table that workers of any number of hosts take one at a time (reliability.md 4.2): a claim is a lease with a
// fence, a failure is tried again later, what failed too often is dead. The clock is the database's. Any thread.
#pragma once

#include "db/pool.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace host::queue {

struct Lease {
    std::int64_t id = 0;
    std::int64_t fence = 0;
};

// SQL about a table with id, state, attempt, max_attempts, not_before, lease_until, fence, started_at, finished_at, error.
struct Layout {
    std::string_view table;
    std::string_view group;     // column: a process takes rows of the groups it knows
    std::string_view blocked;   // when row c has to wait for another unfinished row o of its group
    std::string_view on_claim;  // further assignments: ", dedupe = null"
    std::string_view from;      // further tables of the answer to a claim, "" or ", core.outbox b"
    std::string_view joined;    // how they belong to row t: " and b.id = t.outbox_id"
    std::string_view columns;   // further columns of the answer: ", b.data::text"
};

class Queue {
public:
    Queue(db::Pool& pool, const Layout& layout);

    // groups: a PostgreSQL array literal. At most so many rows of each group, in the order in which they became due, and
    // of all groups together. Columns: id, fence, attempt, max_attempts, then those of the layout.
    db::Rows claim(std::string_view groups, int most_per_group, int most = 1000);
    // $1 id, $2 fence: one row is affected, or the lease was lost and nothing of what was done may be committed.
    const std::string& finish_sql() const noexcept { return finish_; }
    const std::string& claim_sql() const noexcept { return claim_; }  // $1 groups, $2 most of each, $3 most of all
    bool finish(const Lease& lease);
    void fail(const Lease& lease, std::string_view error);  // tried again later, or dead
    void release(const Lease& lease);                       // as if it had not been claimed
    void extend(const std::vector<Lease>& leases);
    // Gives back what was claimed by processes that died. Returns how many.
    std::int64_t expire();

private:
    db::Pool& pool_;
    std::string claim_, finish_, fail_, release_, extend_, expire_;
};

// "{"a","b"}"
std::string array_literal(const std::vector<std::string>& texts);

}  // namespace host::queue
