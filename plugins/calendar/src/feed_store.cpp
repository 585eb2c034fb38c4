#include "feed_store.hpp"

#include "access.hpp"

namespace calendar {

using guichet::Ctx;

std::string add_feed(Ctx ctx, std::optional<int64_t> team_id) {
    // two of them are 244 random bits of the server's generator
    const auto made = ctx.exec("select replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')");
    const std::string token{made.text(0, 0)};
    const auto row = ctx.exec(
        "insert into feed (token_hash, user_id, team_id) values (encode(sha256(convert_to($1, 'UTF8')), 'hex'), $2, $3) returning id",
        token, ctx.user_id(), team_id);
    ctx.audit("calendar.feed_added", "feed/" + std::to_string(row.i64(0, 0)), ctx.object().set("team_id", team_id));
    return token;
}

void revoke_feed(Ctx ctx, int64_t feed_id) {
    if (ctx.exec("delete from feed where id = $1 and user_id = $2", feed_id, ctx.user_id()).affected() == 0)
        throw guichet::Error{GUICHET_E_NOT_FOUND, "no such feed"};
    ctx.audit("calendar.feed_revoked", "feed/" + std::to_string(feed_id));
}

guichet::Value feeds_of_user(Ctx ctx) {
    return ctx
        .exec(
            "select f.id, t.name as team, f.created_at, f.read_at from feed f left join core.team_v1 t on t.id = f.team_id where f.user_id "
            "= $1 order by f.id",
            ctx.user_id())
        .value();
}

std::optional<Feed> find_feed(Ctx ctx, std::string_view token) {
    const auto rows = ctx.exec(
        "select f.id, f.user_id, f.team_id, coalesce(t.name, u.name) from feed f join core.user_v1 u on u.id = f.user_id and u.active"
        " left join core.team_v1 t on t.id = f.team_id where f.token_hash = encode(sha256(convert_to($1, 'UTF8')), 'hex') and exists"
        " (select from core.user_level_v1 l where l.user_id = f.user_id and l.permission in ('*', $2::text) and (f.team_id is null or "
        "l.level = $3"
        " or (l.level = $4 and exists (select from core.team_member_v1 m where m.team_id = f.team_id and m.user_id = f.user_id))))",
        token, kRead, int64_t{GUICHET_LEVEL_ALL}, int64_t{GUICHET_LEVEL_TEAM});
    if (rows.empty()) return std::nullopt;
    const Feed out{rows.i64(0, 0), rows.i64(0, 1), rows.maybe_i64(0, 2), std::string{rows.text(0, 3)}};
    ctx.exec("update feed set read_at = now() where id = $1 and (read_at is null or read_at < now() - interval '10 minutes')", out.id);
    return out;
}

}  // namespace calendar
