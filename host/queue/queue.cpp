#include "queue/queue.hpp"

namespace host::queue {
namespace {

// Longer than any statement; a worker extends its leases three times in that time.
constexpr std::string_view kLease = "clock_timestamp() + interval '60 s'";
constexpr std::size_t kLongestError = 2000;

std::string claim_statement(const Layout& l) {
    std::string sql{"with due as materialized (select d.id from unnest($1::text[]) g(name) cross join lateral (select c.id from "};
    sql.append(l.table).append(" c where c.state = 'ready' and c.").append(l.group);
    sql.append(" = g.name and c.not_before <= clock_timestamp() and not exists (select from ").append(l.table).append(" o where o.");
    sql.append(l.group).append(" = c.").append(l.group).append(" and o.state in ('ready', 'leased') and o.id <> c.id and ");
    sql.append(l.blocked).append(") order by c.not_before, c.id limit $2 for update skip locked) d limit $3) update ").append(l.table);
    sql.append(" t set state = 'leased', attempt = t.attempt + 1, fence = t.fence + 1, lease_until = ").append(kLease);
    sql.append(", started_at = coalesce(t.started_at, clock_timestamp())").append(l.on_claim).append(" from due").append(l.from);
    sql.append(" where t.id = due.id").append(l.joined);
    return sql.append(" returning t.id, t.fence, t.attempt, t.max_attempts").append(l.columns);
}

std::string mine(std::string_view table, std::string_view assignments) {
    return "update " + std::string{table} + " set lease_until = null, " + std::string{assignments} +
           " where id = $1 and fence = $2 and state = 'leased'";
}

std::string ids(const std::vector<Lease>& leases, std::int64_t Lease::*member) {
    std::string out = "{";
    for (const auto& lease : leases) out.append(out.size() > 1 ? "," : "").append(std::to_string(lease.*member));
    return out += '}';
}

}  // namespace

Queue::Queue(db::Pool& pool, const Layout& layout)
    : pool_{pool}, claim_{claim_statement(layout)},
      finish_{mine(layout.table, "state = 'done', error = null, finished_at = clock_timestamp()")},
      fail_{mine(layout.table,
                 "state = case when attempt >= max_attempts then 'dead' else 'ready' end, error = $3,"
                 " finished_at = case when attempt >= max_attempts then clock_timestamp() end,"
                 " not_before = clock_timestamp() + least(interval '6 h', interval '30 s' * power(2, least(attempt - 1, 20))) * (0.5 + random())")},
      release_{mine(layout.table, "state = 'ready', attempt = attempt - 1")},
      extend_{"update " + std::string{layout.table} + " t set lease_until = " + std::string{kLease} +
              " from unnest($1::bigint[], $2::bigint[]) h(id, fence) where t.id = h.id and t.fence = h.fence and t.state = 'leased'"},
      // The attempt counts: what brings a host down comes to an end too.
      expire_{"update " + std::string{layout.table} +
              " set state = case when attempt >= max_attempts then 'dead' else 'ready' end, lease_until = null, not_before = clock_timestamp(),"
              " finished_at = case when attempt >= max_attempts then clock_timestamp() end, error = 'the host that worked on it stopped answering'"
              " where state = 'leased' and lease_until < clock_timestamp()"} {}

db::Rows Queue::claim(std::string_view groups, int most_per_group, int most) { return pool_.exec(claim_, {groups, most_per_group, most}); }

bool Queue::finish(const Lease& lease) { return pool_.exec(finish_, {lease.id, lease.fence}).affected() == 1; }

void Queue::fail(const Lease& lease, std::string_view error) { pool_.exec(fail_, {lease.id, lease.fence, error.substr(0, kLongestError)}); }

void Queue::release(const Lease& lease) { pool_.exec(release_, {lease.id, lease.fence}); }

void Queue::extend(const std::vector<Lease>& leases) {
    if (!leases.empty()) pool_.exec(extend_, {ids(leases, &Lease::id), ids(leases, &Lease::fence)});
}

std::int64_t Queue::expire() { return pool_.exec(expire_).affected(); }

std::string array_literal(const std::vector<std::string>& texts) {
    std::string out = "{";
    for (const auto& text : texts) {
        out += out.size() > 1 ? ",\"" : "\"";
        for (const char c : text) out.append(c == '"' || c == '\\' ? "\\" : "").append(1, c);
        out += '"';
    }
    return out += '}';
}

}  // namespace host::queue
