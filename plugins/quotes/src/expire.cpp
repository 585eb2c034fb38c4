#include "expire.hpp"

#include "link_store.hpp"

namespace quotes {
namespace {

constexpr int64_t kPart = 200;

// Whether there may be more.
bool expire_part(guichet::Ctx ctx) {
    guichet::Tx tx{ctx};
    const auto due = ctx.exec(
        "select id from quote where state in ('validated', 'sent') and valid_until < (now() at time zone $1::text)::date"
        " order by valid_until, id limit $2 for update skip locked",
        ctx.zone(), kPart);
    for (std::size_t i = 0; i < due.size(); ++i) enter_state(ctx, get_quote(ctx, due.i64(i, 0)), "expired");
    tx.commit();
    return static_cast<int64_t>(due.size()) == kPart;
}

}  // namespace

void expire_quotes(guichet::Ctx ctx, guichet::Job job) {
    while (expire_part(ctx)) job.progress(50);
    guichet::Tx tx{ctx};
    forget_guesses(ctx);
    tx.commit();
}

}  // namespace quotes
