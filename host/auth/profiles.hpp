// Profiles and the levels they give, as administrators edit them. Each function is one step of the caller's transaction;
// principals are read again by every host when it commits (core_reference).
#pragma once

#include "auth/principal.hpp"
#include "base/result.hpp"
#include "db/pool.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace host::auth {

struct Profile {
    std::int64_t id = 0;
    std::string code, name;
    bool everything = false;  // administrators
    std::int64_t version = 0, users = 0;
};
std::vector<Profile> read_profiles(db::Connection& connection);  // administrators first, then by name
std::optional<Profile> find_profile(db::Connection& connection, std::int64_t id);

using Levels = std::map<std::string, Level, std::less<>>;  // permission -> level
Levels read_levels(db::Connection& connection, std::int64_t profile_id);
// Whether somebody may give a profile to a user: nobody gives rights that he has not.
bool covers(db::Connection& connection, const Principal& who, std::int64_t profile_id);

// Problem codes, with the field in Problem::path: profile.name (none, or longer than 80 characters), profile.name_taken,
// profile.unknown, profile.used, profile.stale.
// copy_of 0: it gives nothing at first. The code is made from the name and never changes.
base::Result<std::int64_t> add_profile(db::Connection& connection, std::string_view name, std::int64_t copy_of);
base::Problems rename_profile(db::Connection& connection, std::int64_t id, std::string_view name);
base::Problems delete_profile(db::Connection& connection, std::int64_t id);

struct LevelChange {
    std::string permission;
    Level from, to;
};
// Permissions that are not named keep their level. What administrators have cannot be set.
base::Result<std::vector<LevelChange>> set_levels(db::Connection& connection, std::int64_t id, std::int64_t version, const Levels& levels);

}  // namespace host::auth
