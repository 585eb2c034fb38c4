// A calendar as REST, the database and the preview write it: {zone, week: {mon: [["09:00", "12:00"], …], …}, closed: ["2026-05-01"],
// closed_yearly: ["12-25"], hours: {"2026-12-24": [["09:00", "12:00"]]}, hours_yearly: {"12-24": […]}, holidays: "FR"}. All but zone may
// be left out.
#pragma once

#include "opening.hpp"

#include <guichet/sdk/plugin.hpp>

namespace sla {

inline constexpr std::string_view kWeekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

// Problems are named by the place of what is wrong, "<prefix>week.mon.0".
Calendar read_calendar(guichet::Ctx ctx, guichet::Value from, const std::string& prefix, guichet::Problems& problems);

// Members that an object does not have are problems.
void check_members(guichet::Ctx ctx, guichet::Value object, const std::string& prefix, std::initializer_list<std::string_view> known,
                   guichet::Problems& problems);

}  // namespace sla
