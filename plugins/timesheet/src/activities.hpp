// The list timesheet.activity.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

inline constexpr std::string_view kActivities = "timesheet.activity";

// Offered now; a retired code may stay where it is stored.
bool is_activity(guichet::Ctx ctx, std::string_view code, std::string_view stored);
std::string activity_label(guichet::Ctx ctx, std::string_view code);  // the code itself when it is not in the list; "" for none
// [{value, label}], with the stored one although it is retired.
guichet::Value activity_options(guichet::Ctx ctx, std::string_view stored);

}  // namespace timesheet
