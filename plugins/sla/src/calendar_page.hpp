// Pages on which calendars are made: /admin/sla/calendars.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace sla {

void show_new_calendar(guichet::Ctx ctx, guichet::Request request);
void show_calendar(guichet::Ctx ctx, guichet::Request request);
void save_calendar(guichet::Ctx ctx, guichet::Request request);  // POST of both; "try" shows what would be due and stores nothing
void delete_calendar(guichet::Ctx ctx, guichet::Request request);
void import_calendar(guichet::Ctx ctx, guichet::Request request);  // closed days of an ICS file, which are added to those that are there

}  // namespace sla
