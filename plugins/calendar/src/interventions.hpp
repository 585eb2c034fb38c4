// Planned interventions, when that module is there: read here, changed on their own page.
#pragma once

#include "filter.hpp"
#include "grid.hpp"
#include "ics.hpp"

namespace calendar {

std::vector<Item> planned_interventions(guichet::Ctx ctx, Window window, const Filter& filter);
// For a feed.
std::vector<IcsEvent> planned_for_feed(guichet::Ctx ctx, Window window, const std::vector<int64_t>& users);
std::vector<int64_t> users_of_team(guichet::Ctx ctx, int64_t team_id);

}  // namespace calendar
