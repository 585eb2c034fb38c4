// Choices of forms about users: profiles, teams, languages.
#pragma once

#include "web/site.hpp"

#include <cstdint>
#include <vector>

namespace host::pages {

base::Value* choice(web::Call& call, std::string_view value, std::string_view label);  // {value, label}
const base::Value* language_choices(web::Call& call);
// Those that the one who asks may give, and the one that is there already.
const base::Value* profile_choices(web::Call& call, db::Connection& connection, std::int64_t current = 0);
// [{id, name, chosen}], the active ones and those that are chosen.
const base::Value* team_choices(web::Call& call, db::Connection& connection, const std::vector<std::int64_t>& chosen);

}  // namespace host::pages
