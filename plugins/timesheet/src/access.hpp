// The one access filter of entries: lists, pages, REST, widgets, reports and totals all go through it. Stopwatches are seen by
// nobody but their user.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

inline constexpr std::string_view kRead = "timesheet.entry.read";
inline constexpr std::string_view kCreate = "timesheet.entry.create";
inline constexpr std::string_view kUpdate = "timesheet.entry.update";
inline constexpr std::string_view kDelete = "timesheet.entry.delete";
inline constexpr std::string_view kManagePacks = "timesheet.packs.manage";

// Appends the condition that the user has the permission on entry e. Own: it is his time. Team: that of somebody in a team of
// his, too. All: any.
void add_access(guichet::Query& query, std::string_view permission);

}  // namespace timesheet
