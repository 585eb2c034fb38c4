// Users and teams as people name them.
#pragma once

#include "call.hpp"

namespace tickets {

// Of an active user by id, login or "me"; of an active team by id or name. nullopt when there is none.
std::optional<int64_t> find_user(const Call& call, std::string_view typed);
std::optional<int64_t> find_team(const Call& call, std::string_view typed);
std::string own_name(const Call& call);  // of who acts; "" for the system

}  // namespace tickets
