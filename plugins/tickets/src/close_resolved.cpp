#include "close_resolved.hpp"

#include "ticket_store.hpp"
#include "transitions.hpp"

namespace tickets {
namespace {

// Untouched since then; looked at again under the lock, because somebody may have answered meanwhile.
constexpr std::string_view kOverdue =
    " from ticket where status_id = any($1::bigint[]) and updated_at < now() - make_interval(days => $2::int)";

void close_one(const Call& call, int64_t id, const std::string& statuses, int64_t days) {
    guichet::Tx tx{call.ctx};
    const auto due = call.ctx.exec(std::string{"select id"}.append(kOverdue).append(" and id = $3 for update"), statuses, days, id);
    if (due.empty()) return;
    const auto ticket = load_for_update(call, id);
    change(call, ticket, closed(call, ticket.values));
    tx.commit();
}

}  // namespace

void close_resolved(const Call& call, guichet::Job job) {
    const auto days = call.ctx.settings()["close_resolved_after_days"].integer().value_or(0);
    if (days == 0) return;
    const auto statuses = guichet::array_literal(call.statuses.ids_of("resolved"));
    const auto due = call.ctx.exec(std::string{"select id"}.append(kOverdue).append(" order by updated_at"), statuses, days);
    for (std::size_t i = 0; i < due.size(); ++i) {
        job.progress(static_cast<uint32_t>(i * 100 / due.size()));
        try {
            close_one(call, due.i64(i, 0), statuses, days);
        } catch (const guichet::Error& error) {
            if (error.code() != GUICHET_E_VETO) throw;
            call.ctx.log(GUICHET_LOG_INFO, std::string{"ticket "} + std::to_string(due.i64(i, 0)) + " stays open: " + error.what());
        }
    }
}

}  // namespace tickets
