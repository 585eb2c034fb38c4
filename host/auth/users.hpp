// Users, their passwords and API keys as stored. Any thread. What changes a user drops the cached principals of every
// host (core_auth, core_reference) when it commits.
#pragma once

#include "base/result.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host::auth {

struct NewUser {
    std::string login, name, email, password, profile = "agent";
    std::string team;  // "" = none; created when it is not there
};
// Problem codes: login_taken, login_invalid, name_invalid, password_weak, profile_unknown.
base::Result<std::int64_t> create_user(db::Pool& pool, const NewUser& user);
bool any_user(db::Pool& pool);
std::optional<std::int64_t> find_user(db::Pool& pool, std::string_view login);

// What administrators edit of a user.
struct User {
    std::int64_t id = 0;
    std::string login, name, email, language;  // language "" = the deployment's
    std::int64_t profile_id = 0;
    std::vector<std::int64_t> teams;
    bool active = true;
    bool password_due = false;  // somebody else chose his password
    std::int64_t version = 0;
};
std::optional<User> read_user(db::Connection& connection, std::int64_t id);

// Steps of the caller's transaction. Problem::path is the field. Codes as above and: user_unknown, user_stale,
// team_unknown, last_administrator (nobody would be left who may do everything: do not commit).
base::Problems check_user(db::Connection& connection, const User& user);  // what the next two begin with
base::Result<std::int64_t> add_user(db::Connection& connection, const User& user, std::string_view password);
base::Problems update_user(db::Connection& connection, const User& user);
// Deactivating ends his sessions and revokes his API keys (R17); activating does not bring them back.
base::Problems set_active(db::Connection& connection, std::int64_t user_id, bool active);
void set_identity(db::Connection& connection, std::int64_t user_id, std::string_view name, std::string_view email);

// password_weak, password_common or nothing (R23). about: texts a password must not be made of, like the login.
base::Problems check_password(std::string_view password, std::initializer_list<std::string_view> about);
// Ends every session of the user but keep_session_id (0: all) and revokes his API keys (R17). due: he chooses another one
// when he has logged in with it.
void set_password(db::Connection& connection, std::int64_t user_id, std::string_view password, std::int64_t keep_session_id, bool due);
bool password_matches(db::Pool& pool, std::int64_t user_id, std::string_view password);
// language "" = the deployment's.
void set_preferences(db::Pool& pool, std::int64_t user_id, std::string_view language, std::string_view theme, std::string_view zone);

// The key, shown once; only its SHA-256 is stored.
std::string create_api_key(db::Pool& pool, std::int64_t user_id, std::string_view label);
bool revoke_api_key(db::Connection& connection, std::int64_t user_id, std::int64_t key_id);  // false: no such key in force

}  // namespace host::auth
