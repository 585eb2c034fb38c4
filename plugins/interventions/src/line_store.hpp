// Lines of an intervention: labour and travel have a duration, parts a quantity (pain_points 20). A change of one is a change of the
// intervention: refused when that is locked.
#pragma once

#include "draft.hpp"

namespace interventions {

// labour, travel, part: [{value, label, color}]
guichet::Value line_kinds(guichet::Ctx ctx);

inline constexpr Field kLineFields[] = {
    {.name = "intervention_id", .kind = Kind::reference, .missing = "There is no such intervention.", .fixed = true},
    {.name = "kind", .label = "Kind", .kind = Kind::choice, .missing = "Choose a kind.", .initial = "labour", .choices = line_kinds},
    {.name = "day", .label = "Date", .kind = Kind::day, .missing = "Enter a date."},
    {.name = "description", .label = "Description", .max_length = 500, .missing = "Enter what was done or used."},
    {.name = "seconds", .label = "Duration", .kind = Kind::duration},
    {.name = "quantity", .label = "Quantity", .kind = Kind::decimal},
    {.name = "billable", .label = "Billable", .kind = Kind::flag, .initial = "true"},
    {.name = "user_id", .label = "Technician", .kind = Kind::reference},
};
inline constexpr Entity kLine{"line", "", kLineFields};

// Of today and of the current user.
Draft new_line(guichet::Ctx ctx, int64_t intervention_id);
void check_line(guichet::Ctx ctx, Draft& draft, guichet::Problems& problems);

// By day: [{id, intervention_id, kind, day, description, seconds, quantity (null but for parts), billable, user_id, version}].
guichet::Value lines_of(guichet::Ctx ctx, int64_t intervention_id);
// The same with kind_label, kind_color, day_at, amount (as people write it) and user_name.
guichet::Value shown_lines(guichet::Ctx ctx, int64_t intervention_id);
// {labour, travel, total, billable}: durations as people write them, null where there are none.
guichet::Value totals_of(guichet::Ctx ctx, guichet::Value lines);
// Of that intervention, or GUICHET_E_NOT_FOUND.
guichet::Value get_line(guichet::Ctx ctx, int64_t intervention_id, int64_t line_id);

int64_t create_line(guichet::Ctx ctx, const Draft& draft);
bool update_line(guichet::Ctx ctx, const Draft& draft, guichet::Value row, int64_t version);  // false: stale
void delete_line(guichet::Ctx ctx, guichet::Value row);

}  // namespace interventions
