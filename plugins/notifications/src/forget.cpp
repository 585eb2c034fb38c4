#include "forget.hpp"

namespace notifications {
namespace {

constexpr int64_t kAtOnce = 5000;

void forget(guichet::Ctx ctx, guichet::Job job, std::string_view sql, int64_t days) {
    for (int64_t gone = kAtOnce; gone == kAtOnce;) {
        gone = ctx.exec(sql, days, kAtOnce).affected();
        job.progress(0);
    }
}

}  // namespace

void forget_old(guichet::Ctx ctx, guichet::Job job) {
    const auto days = ctx.settings()["keep_days"].integer().value_or(90);
    forget(ctx, job,
           "delete from notice where id in (select id from notice where created_at < now() - make_interval(days => $1::int)"
           " order by created_at limit $2)",
           days);
    forget(ctx, job,
           "delete from webhook_delivery where id in (select id from webhook_delivery where created_at < now() - make_interval(days => "
           "$1::int)"
           " and state in ('done', 'dead') order by created_at limit $2)",
           days);
}

}  // namespace notifications
