#include "limits.hpp"

namespace public_form {

bool fits(guichet::Ctx ctx, const Limit& limit, std::string_view key, int64_t amount) {
    return ctx
        .exec(
            "select coalesce(sum(amount), 0) + $5 <= $4 from attempt"
            " where kind = $1 and key = $2 and at > clock_timestamp() - make_interval(secs => $3::bigint)",
            limit.kind, key, limit.seconds, limit.most, amount)
        .boolean(0, 0);
}

bool take(guichet::Ctx ctx, const Limit& limit, std::string_view key, int64_t amount) {
    ctx.exec("select pg_advisory_xact_lock(hashtextextended('public_form.' || $1 || '/' || $2, 0))", limit.kind, key);
    if (!fits(ctx, limit, key, amount)) return false;
    ctx.exec("insert into attempt (kind, key, amount) values ($1, $2, $3)", limit.kind, key, amount);
    return true;
}

void forget_old_attempts(guichet::Ctx ctx) { ctx.exec("delete from attempt where at < now() - interval '1 day'"); }

}  // namespace public_form
