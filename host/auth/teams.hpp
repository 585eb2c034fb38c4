// Teams as administrators edit them. Each function is one step of the caller's transaction.
#pragma once

#include "base/result.hpp"
#include "db/pool.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace host::auth {

struct Team {
    std::int64_t id = 0;
    std::string name;
    bool active = true;
    std::int64_t members = 0;  // active users
};
std::vector<Team> read_teams(db::Connection& connection);  // by name
std::optional<Team> find_team(db::Connection& connection, std::int64_t id);

// Problem codes: team.name, team.name_taken, team.unknown, team.member.
base::Result<std::int64_t> add_team(db::Connection& connection, std::string_view name);
base::Problems rename_team(db::Connection& connection, std::int64_t id, std::string_view name);
// An inactive team keeps its members and its objects; it gives nobody a right and is offered nowhere.
base::Problems activate_team(db::Connection& connection, std::int64_t id, bool active);
base::Problems set_member(db::Connection& connection, std::int64_t id, std::int64_t user_id, bool member);

}  // namespace host::auth
