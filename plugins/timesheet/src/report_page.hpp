// Reports in a browser, and as a file for spreadsheets.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

void show_report(guichet::Ctx ctx, guichet::Request request);
void export_report(guichet::Ctx ctx, guichet::Request request);

}  // namespace timesheet
