// The calendar: month, week, day and agenda.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

void show_calendar(guichet::Ctx ctx, guichet::Request request);

}  // namespace calendar
