// Entries in a browser: the list, the form, the file for spreadsheets.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

void show_entries(guichet::Ctx ctx, guichet::Request request);
void export_entries(guichet::Ctx ctx, guichet::Request request);
void show_new_entry(guichet::Ctx ctx, guichet::Request request);
void add_typed_entry(guichet::Ctx ctx, guichet::Request request);
void show_entry(guichet::Ctx ctx, guichet::Request request);
void save_entry(guichet::Ctx ctx, guichet::Request request);
void delete_entry(guichet::Ctx ctx, guichet::Request request);

}  // namespace timesheet
