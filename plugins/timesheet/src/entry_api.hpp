// Entries of time in the REST API.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet::api {

void list_entries(guichet::Ctx ctx, guichet::Request request);
void create_entry(guichet::Ctx ctx, guichet::Request request);
void get_entry(guichet::Ctx ctx, guichet::Request request);
void patch_entry(guichet::Ctx ctx, guichet::Request request);
void delete_entry(guichet::Ctx ctx, guichet::Request request);

// As REST answers it.
guichet::Value entry_value(guichet::Ctx ctx, int64_t id);

}  // namespace timesheet::api
