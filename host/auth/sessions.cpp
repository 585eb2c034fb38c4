#include "auth/sessions.hpp"

#include "auth/password.hpp"
#include "base/random.hpp"
#include "base/sha256.hpp"
#include "base/strings.hpp"

namespace host::auth {
namespace {

constexpr auto kCacheFor = std::chrono::seconds{60};
constexpr std::size_t kMaxCached = 10'000;

// Columns every principal is made of; the statement around it says which user.
#define GUICHET_PRINCIPAL_COLUMNS                                                                                                         \
    " u.id, u.login, u.name, coalesce(u.email, ''), coalesce(u.language, ''), u.zone, u.theme, p.code, p.everything,"                     \
    " (select coalesce(json_agg(json_build_array(g.permission, g.level)), '[]') from core.profile_grant g where g.profile_id = p.id) as " \
    "grants,"                                                                                                                             \
    " (select coalesce(json_agg(m.team_id), '[]') from core.team_member m join core.team t on t.id = m.team_id and t.active"              \
    "  where m.user_id = u.id) as teams, u.password_due"

// Reading a session also says it was used; the cache makes that once a minute at most.
constexpr std::string_view kSessionSql =
    "with s as (update core.session set seen_at = now() where token_sha256 = decode($1, 'hex')"
    " and created_at > now() - interval '12 hours' and seen_at > now() - interval '30 minutes' returning id, user_id, csrf_token)"
    " select" GUICHET_PRINCIPAL_COLUMNS ", s.id, s.csrf_token"
    " from s join core.app_user u on u.id = s.user_id and u.active join core.profile p on p.id = u.profile_id";

constexpr std::string_view kApiKeySql =
    "select" GUICHET_PRINCIPAL_COLUMNS ", 0, ''"
    " from core.api_key k join core.app_user u on u.id = k.user_id and u.active join core.profile p on p.id = u.profile_id"
    " where k.token_sha256 = decode($1, 'hex') and k.revoked_at is null";
#undef GUICHET_PRINCIPAL_COLUMNS

std::shared_ptr<const Principal> to_principal(const db::Rows& rows) {
    if (rows.empty()) return nullptr;
    auto p = std::make_shared<Principal>();
    p->user_id = rows.i64(0, 0);
    p->login = rows.text(0, 1);
    p->name = rows.text(0, 2);
    p->email = rows.text(0, 3);
    p->language = rows.text(0, 4);
    p->zone = rows.text(0, 5);
    p->theme = rows.text(0, 6);
    p->profile = rows.text(0, 7);
    p->everything = rows.boolean(0, 8);
    base::Arena arena;
    const auto* row = rows.row_value(arena, 0);
    const auto* grants = row->get("grants");
    for (std::size_t i = 0; i < grants->size(); ++i)
        p->grants[std::string{grants->at(i)->at(0)->as_string()}] = static_cast<Level>(grants->at(i)->at(1)->as_integer());
    const auto* teams = row->get("teams");
    for (std::size_t i = 0; i < teams->size(); ++i) p->teams.push_back(teams->at(i)->as_integer());
    p->password_due = rows.boolean(0, 11);
    p->session_id = rows.i64(0, 12);
    p->csrf_token = rows.text(0, 13);
    return p;
}

bool throttled(db::Pool& pool, std::string_view login, std::string_view peer_ip) {
    return pool.exec("select count(*) >= 10 from core.login_failure where login = lower($1) and peer = $2"
                     " and created_at > now() - interval '15 minutes'",
                     {login, peer_ip}).boolean(0, 0);
}

void remember_failure(db::Pool& pool, std::string_view login, std::string_view peer_ip) {
    pool.exec("insert into core.login_failure (login, peer) values (lower($1), $2)", {login, peer_ip});
}

}  // namespace

Sessions::Login Sessions::log_in(std::string_view login, std::string_view password, std::string_view peer_ip) {
    if (login.empty() || login.size() > 80 || password.size() > 4 * kMaxPasswordCharacters || base::contains_nul(login) || !base::valid_utf8(login))
        return {};
    if (throttled(pool_, login, peer_ip)) return {Outcome::throttled, {}, 0, false};
    const auto user = pool_.exec("select id, coalesce(password_hash, '') from core.app_user where lower(login) = lower($1) and active", {login});
    if (!verify_password(password, user.empty() ? std::string_view{} : user.text(0, 1))) {
        remember_failure(pool_, login, peer_ip);
        return {Outcome::wrong, {}, 0, throttled(pool_, login, peer_ip)};
    }
    std::string token = base::random_token(32);
    pool_.exec("insert into core.session (token_sha256, user_id, csrf_token) values (decode($1, 'hex'), $2, $3)",
               {base::sha256_hex(token), user.i64(0, 0), base::random_token(24)});
    return {Outcome::ok, std::move(token), user.i64(0, 0), false};
}

void Sessions::log_out(std::string_view token) {
    pool_.exec("with gone as (delete from core.session where token_sha256 = decode($1, 'hex')) select pg_notify('core_auth', '')",
               {base::sha256_hex(token)});
    invalidate();
}

template <class Load>
std::shared_ptr<const Principal> Sessions::cached(const std::string& digest, Load&& load) {
    std::uint64_t epoch = 0;
    {
        std::lock_guard lock{mutex_};
        epoch = epoch_;
        if (const auto it = cache_.find(digest); it != cache_.end() && it->second.until > std::chrono::steady_clock::now())
            return it->second.principal;
    }
    auto principal = load();
    std::lock_guard lock{mutex_};
    // what was read before an invalidation must not be kept after it
    if (!principal || !trusted_ || epoch != epoch_) return principal;
    if (cache_.size() >= kMaxCached) cache_.clear();
    cache_[digest] = {principal, std::chrono::steady_clock::now() + kCacheFor};
    return principal;
}

std::shared_ptr<const Principal> Sessions::by_session(std::string_view token) {
    if (token.empty() || token.size() > 200) return nullptr;
    const auto digest = base::sha256_hex(token);
    return cached("s" + digest, [&] { return to_principal(pool_.exec(kSessionSql, {digest})); });
}

std::shared_ptr<const Principal> Sessions::by_api_key(std::string_view key) {
    if (key.empty() || key.size() > 200) return nullptr;
    const auto digest = base::sha256_hex(key);
    return cached("k" + digest, [&] { return to_principal(pool_.exec(kApiKeySql, {digest})); });
}

void Sessions::invalidate() {
    std::lock_guard lock{mutex_};
    ++epoch_;
    cache_.clear();
}

void Sessions::trust(bool notifications_arrive) {
    trusted_ = notifications_arrive;
    invalidate();
}

}  // namespace host::auth
