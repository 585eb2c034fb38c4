#include "retention.hpp"

namespace mailbox {

using guichet::Ctx;

namespace {

constexpr int64_t kBatch = 200;  // short transactions

void remove_pictures(Ctx ctx, int64_t mail) {
    const auto rows = ctx.exec("delete from inline_part where inbound_id = $1 returning file_id", mail);
    for (std::size_t i = 0; i < rows.size(); ++i) ctx.remove_file(rows.i64(i, 0));
}

// False when there were no more.
bool forget_some(Ctx ctx, int64_t days) {
    guichet::Tx tx{ctx};
    const auto rows = ctx.exec(
        "select id, file_id, html_file_id from inbound_mail where file_id is not null and state in ('done', 'dropped')"
        " and done_at < clock_timestamp() - make_interval(days => $1::int) order by done_at limit $2 for update skip locked",
        days, kBatch);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto mail = rows.i64(i, 0);
        remove_pictures(ctx, mail);
        ctx.exec("update inbound_mail set file_id = null, html_file_id = null where id = $1", mail);
        ctx.remove_file(rows.i64(i, 1));
        if (const auto html = rows.maybe_i64(i, 2)) ctx.remove_file(*html);
    }
    tx.commit();
    return rows.size() == kBatch;
}

}  // namespace

void forget_originals(Ctx ctx, guichet::Job job) {
    const auto days = ctx.settings()["keep_originals_days"].integer().value_or(0);
    while (days > 0 && forget_some(ctx, days)) job.progress(0);
}

}  // namespace mailbox
