#include "forget.hpp"

namespace notifications {
namespace {

constexpr int64_t kAtOnce = 5000;

}  // namespace

void forget_old(guichet::Ctx ctx, guichet::Job job) {
    const auto days = ctx.settings()["keep_days"].integer().value_or(90);
    for (int64_t gone = kAtOnce; gone == kAtOnce;) {
        gone = ctx.exec(
                      "delete from notice where id in (select id from notice where created_at < now() - make_interval(days => $1::int)"
                      " order by created_at limit $2)",
                      days, kAtOnce)
                   .affected();
        job.progress(0);
    }
}

}  // namespace notifications
