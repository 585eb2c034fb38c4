#include "auth/users.hpp"

#include "auth/password.hpp"
#include "base/json.hpp"
#include "base/random.hpp"
#include "base/sha256.hpp"
#include "base/strings.hpp"

namespace host::auth {
namespace {

constexpr std::size_t kLongestName = 120;

bool acceptable_login(std::string_view login) {
    if (login.empty() || login.size() > 80) return false;
    return login.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._@-") == std::string_view::npos;
}

// Sessions and principals are cached by every host (auth/sessions).
void forget_cached_principals(db::Connection& connection) { connection.exec("select pg_notify('core_auth', '')"); }

std::string array_of(const std::vector<std::int64_t>& ids) {
    std::string out = "{";
    for (const auto id : ids) out.append(out.size() > 1 ? "," : "").append(std::to_string(id));
    return out + '}';
}

base::Problems store_teams(db::Connection& connection, const User& user) {
    const auto teams = array_of(user.teams);
    if (connection.exec("select count(*) from core.team where id = any($1::bigint[])", {teams}).i64(0, 0) < std::ssize(user.teams))
        return {{"team_unknown", "There is no such team", "teams"}};
    connection.exec("delete from core.team_member where user_id = $1 and team_id <> all($2::bigint[])", {user.id, teams});
    connection.exec("insert into core.team_member (team_id, user_id) select unnest($2::bigint[]), $1 on conflict do nothing",
                    {user.id, teams});
    return {};
}

// Those who take administrators away wait for each other.
void lock_administrators(db::Connection& connection) { connection.exec("select from core.profile where everything for no key update"); }

base::Problems require_an_administrator(db::Connection& connection) {
    const auto left = connection.exec(
        "select exists (select from core.app_user u join core.profile p on p.id = u.profile_id"
        " where p.everything and u.active and u.password_hash is not null)");
    if (left.boolean(0, 0)) return {};
    return {{"last_administrator", "Nobody would be left who may do everything", "profile"}};
}

void end_sessions(db::Connection& connection, std::int64_t user_id, std::int64_t keep_session_id) {
    connection.exec("delete from core.session where user_id = $1 and id <> $2", {user_id, keep_session_id});
    connection.exec("update core.api_key set revoked_at = now() where user_id = $1 and revoked_at is null", {user_id});
    forget_cached_principals(connection);
}

}  // namespace

base::Result<std::int64_t> create_user(db::Pool& pool, const NewUser& given) {
    db::Transaction tx{pool};
    const auto profile = tx.exec("select id from core.profile where code = $1", {given.profile});
    if (profile.empty()) return base::Problem{"profile_unknown", "There is no profile " + given.profile, "profile"};
    User user;
    user.login = given.login;
    user.name = given.name.empty() ? given.login : given.name;
    user.email = given.email;
    user.profile_id = profile.i64(0, 0);
    if (!given.team.empty())
        user.teams.push_back(
            tx.exec("insert into core.team (name) values ($1) on conflict (name) do update set name = excluded.name returning id",
                    {given.team})
                .i64(0, 0));
    auto added = add_user(tx.connection(), user, given.password);
    if (added) tx.commit();
    return added;
}

bool any_user(db::Pool& pool) { return pool.exec("select exists (select from core.app_user)").boolean(0, 0); }

std::optional<std::int64_t> find_user(db::Pool& pool, std::string_view login) {
    const auto rows = pool.exec("select id from core.app_user where lower(login) = lower($1) and active", {login});
    return rows.empty() ? std::nullopt : std::optional{rows.i64(0, 0)};
}

std::optional<User> read_user(db::Connection& connection, std::int64_t id) {
    const auto rows = connection.exec(
        "select login, name, coalesce(email, ''), coalesce(language, ''), profile_id, active, password_due, version,"
        " (select coalesce(json_agg(team_id), '[]') from core.team_member where user_id = u.id) as teams from core.app_user u where id = "
        "$1",
        {id});
    if (rows.empty()) return std::nullopt;
    User user{id,
              std::string{rows.text(0, 0)},
              std::string{rows.text(0, 1)},
              std::string{rows.text(0, 2)},
              std::string{rows.text(0, 3)},
              rows.i64(0, 4),
              {},
              rows.boolean(0, 5),
              rows.boolean(0, 6),
              rows.i64(0, 7)};
    base::Arena arena;
    const auto* teams = rows.row_value(arena, 0)->get("teams");
    for (std::size_t i = 0; i < teams->size(); ++i) user.teams.push_back(teams->at(i)->as_integer());
    return user;
}

base::Problems check_user(db::Connection& connection, const User& user) {
    base::Problems problems;
    if (!acceptable_login(user.login)) problems.push_back({"login_invalid", "A login has 1 to 80 letters, digits or . _ @ -", "login"});
    else if (!connection.exec("select from core.app_user where lower(login) = lower($1) and id <> $2", {user.login, user.id}).empty())
        problems.push_back({"login_taken", "There is already a user " + user.login, "login"});
    if (user.name.empty() || base::count_code_points(user.name) > kLongestName)
        problems.push_back({"name_invalid", "A name has 1 to 120 characters", "name"});
    if (connection.exec("select from core.profile where id = $1", {user.profile_id}).empty())
        problems.push_back({"profile_unknown", "There is no such profile", "profile"});
    return problems;
}

base::Result<std::int64_t> add_user(db::Connection& connection, const User& given, std::string_view password) {
    auto problems = check_user(connection, given);
    // how good it is, is checked where people choose one: what the machine's administrator configures is taken as it is
    if (!password.empty() && !acceptable_password(password))
        problems.push_back({"password_weak", "A password has 12 to 128 characters", "password"});
    if (!problems.empty()) return problems;
    const auto hash = password.empty() ? std::string{} : hash_password(password);
    const auto inserted = connection.exec(
        "insert into core.app_user (login, name, email, language, password_hash, password_due, profile_id)"
        " values ($1, $2, nullif($3, ''), nullif($4, ''), nullif($5, ''), $6, $7) on conflict (lower(login)) do nothing returning id",
        {given.login, given.name, given.email, given.language, hash, given.password_due, given.profile_id});
    if (inserted.empty()) return base::Problem{"login_taken", "There is already a user " + given.login, "login"};
    auto user = given;
    user.id = inserted.i64(0, 0);
    if (problems = store_teams(connection, user); !problems.empty()) return problems;
    return user.id;
}

base::Problems update_user(db::Connection& connection, const User& user) {
    lock_administrators(connection);
    if (auto problems = check_user(connection, user); !problems.empty()) return problems;
    const auto changed = connection.exec(
        "update core.app_user set login = $3, name = $4, email = nullif($5, ''), language = nullif($6, ''), profile_id = $7,"
        " updated_at = now(), version = version + 1 where id = $1 and version = $2",
        {user.id, user.version, user.login, user.name, user.email, user.language, user.profile_id});
    if (changed.affected() == 0) return {{"user_stale", "The user was changed meanwhile", {}}};
    if (auto problems = store_teams(connection, user); !problems.empty()) return problems;
    return require_an_administrator(connection);
}

base::Problems set_active(db::Connection& connection, std::int64_t user_id, bool active) {
    lock_administrators(connection);
    const auto changed =
        connection.exec("update core.app_user set active = $2, updated_at = now(), version = version + 1 where id = $1", {user_id, active});
    if (changed.affected() == 0) return {{"user_unknown", "There is no such user", {}}};
    if (active) return {};
    end_sessions(connection, user_id, 0);
    return require_an_administrator(connection);
}

void set_identity(db::Connection& connection, std::int64_t user_id, std::string_view name, std::string_view email) {
    connection.exec("update core.app_user set name = $2, email = nullif($3, ''), updated_at = now(), version = version + 1 where id = $1",
                    {user_id, name, email});
}

base::Problems check_password(std::string_view password, std::initializer_list<std::string_view> about) {
    if (!acceptable_password(password)) return {{"password_weak", "A password has 12 to 128 characters", "password"}};
    if (common_password(password, about)) return {{"password_common", "This password is too easy to guess", "password"}};
    return {};
}

void set_password(db::Connection& connection, std::int64_t user_id, std::string_view password, std::int64_t keep_session_id, bool due) {
    connection.exec(
        "update core.app_user set password_hash = $2, password_due = $3, updated_at = now(), version = version + 1 where id = $1",
        {user_id, hash_password(password), due});
    end_sessions(connection, user_id, keep_session_id);
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
    forget_cached_principals(tx.connection());
    tx.commit();
}

std::string create_api_key(db::Pool& pool, std::int64_t user_id, std::string_view label) {
    const std::string key = "gk_" + base::random_token(24);
    pool.exec("insert into core.api_key (token_sha256, user_id, label) values (decode($1, 'hex'), $2, $3)",
              {base::sha256_hex(key), user_id, label});
    return key;
}

bool revoke_api_key(db::Connection& connection, std::int64_t user_id, std::int64_t key_id) {
    const auto revoked = connection.exec("update core.api_key set revoked_at = now() where id = $2 and user_id = $1 and revoked_at is null",
                                         {user_id, key_id});
    forget_cached_principals(connection);
    return revoked.affected() > 0;
}

}  // namespace host::auth
