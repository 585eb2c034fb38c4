// The one access filter of events: pages, REST, widgets and feeds all go through it.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

inline constexpr std::string_view kRead = "calendar.event.read";
inline constexpr std::string_view kCreate = "calendar.event.create";
inline constexpr std::string_view kUpdate = "calendar.event.update";
inline constexpr std::string_view kDelete = "calendar.event.delete";

// Each appends one condition on event e.
// What the user has the permission for. All: any event. Own: he is its owner or takes part. Team: own, or the owner is in
// a team of his.
void add_permitted(guichet::Query& query, std::string_view permission);
// What he sees all of: no private event but those of his own.
void add_details(guichet::Query& query);
// Somebody is its owner or takes part.
void add_of_user(guichet::Query& query, int64_t user_id);
// The same of anybody in the team.
void add_of_team(guichet::Query& query, int64_t team_id);

}  // namespace calendar
