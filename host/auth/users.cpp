#include "auth/users.hpp"

#include "auth/password.hpp"
#include "base/random.hpp"
#include "base/sha256.hpp"

namespace host::auth {
namespace {

bool acceptable_login(std::string_view login) {
    if (login.empty() || login.size() > 80) return false;
    return login.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@-") == std::string_view::npos;
}

// Sessions and principals are cached by every host (auth/sessions).
void forget_cached_principals(db::Transaction& tx) { tx.exec("select pg_notify('core_auth', '')"); }

}  // namespace

base::Result<std::int64_t> create_user(db::Pool& pool, const NewUser& user) {
    if (!acceptable_login(user.login))
        return base::Problem{"login_invalid", "A login has 1 to 80 letters, digits or . _ @ -", "login"};
    if (!user.password.empty() && !acceptable_password(user.password))
        return base::Problem{"password_weak", "A password has 12 to 128 characters", "password"};
    db::Transaction tx{pool};
    const auto profile = tx.exec("select id from core.profile where code = $1", {user.profile});
    if (profile.empty()) return base::Problem{"profile_unknown", "There is no profile " + user.profile, "profile"};
    const std::string hash = user.password.empty() ? std::string{} : hash_password(user.password);
    const auto inserted = tx.exec("insert into core.app_user (login, name, email, password_hash, profile_id)"
                                  " values ($1, $2, nullif($3, ''), nullif($4, ''), $5) on conflict (lower(login)) do nothing returning id",
                                  {user.login, user.name.empty() ? user.login : user.name, user.email, hash, profile.i64(0, 0)});
    if (inserted.empty()) return base::Problem{"login_taken", "There is already a user " + user.login, "login"};
    const auto id = inserted.i64(0, 0);
    if (!user.team.empty())
        tx.exec("with t as (insert into core.team (name) values ($1) on conflict (name) do update set name = excluded.name returning id)"
                " insert into core.team_member (team_id, user_id) select id, $2 from t",
                {user.team, id});
    tx.commit();
    return id;
}

bool any_user(db::Pool& pool) { return pool.exec("select exists (select from core.app_user)").boolean(0, 0); }

std::optional<std::int64_t> find_user(db::Pool& pool, std::string_view login) {
    const auto rows = pool.exec("select id from core.app_user where lower(login) = lower($1) and active", {login});
    return rows.empty() ? std::nullopt : std::optional{rows.i64(0, 0)};
}

void set_password(db::Pool& pool, std::int64_t user_id, std::string_view password, std::int64_t keep_session_id) {
    const auto hash = hash_password(password);
    db::Transaction tx{pool};
    tx.exec("update core.app_user set password_hash = $2, updated_at = now(), version = version + 1 where id = $1", {user_id, hash});
    tx.exec("delete from core.session where user_id = $1 and id <> $2", {user_id, keep_session_id});
    tx.exec("update core.api_key set revoked_at = now() where user_id = $1 and revoked_at is null", {user_id});
    forget_cached_principals(tx);
    tx.commit();
}

bool password_matches(db::Pool& pool, std::int64_t user_id, std::string_view password) {
    const auto rows = pool.exec("select coalesce(password_hash, '') from core.app_user where id = $1 and active", {user_id});
    return verify_password(password, rows.empty() ? std::string_view{} : rows.text(0, 0));
}

void set_preferences(db::Pool& pool, std::int64_t user_id, std::string_view language, std::string_view theme, std::string_view zone) {
    db::Transaction tx{pool};
    tx.exec("update core.app_user set language = nullif($2, ''), theme = $3, zone = $4, updated_at = now(), version = version + 1"
            " where id = $1",
            {user_id, language, theme, zone});
    forget_cached_principals(tx);
    tx.commit();
}

std::string create_api_key(db::Pool& pool, std::int64_t user_id, std::string_view label) {
    const std::string key = "gk_" + base::random_token(24);
    pool.exec("insert into core.api_key (token_sha256, user_id, label) values (decode($1, 'hex'), $2, $3)",
              {base::sha256_hex(key), user_id, label});
    return key;
}

}  // namespace host::auth
