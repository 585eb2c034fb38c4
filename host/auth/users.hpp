// Users, their passwords and API keys as stored. Any thread.
#pragma once

#include "base/result.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace host::auth {

struct NewUser {
    std::string login, name, email, password, profile = "agent";
    std::string team;  // "" = none; created when it is not there
};
// Problem codes: login_taken, login_invalid, password_weak, profile_unknown.
base::Result<std::int64_t> create_user(db::Pool& pool, const NewUser& user);
bool any_user(db::Pool& pool);
std::optional<std::int64_t> find_user(db::Pool& pool, std::string_view login);

// Ends every session of the user but keep_session_id (0: all) and revokes his API keys (R17).
void set_password(db::Pool& pool, std::int64_t user_id, std::string_view password, std::int64_t keep_session_id);
bool password_matches(db::Pool& pool, std::int64_t user_id, std::string_view password);
// language "" = the deployment's.
void set_preferences(db::Pool& pool, std::int64_t user_id, std::string_view language, std::string_view theme, std::string_view zone);

// The key, shown once; only its SHA-256 is stored.
std::string create_api_key(db::Pool& pool, std::int64_t user_id, std::string_view label);

}  // namespace host::auth
