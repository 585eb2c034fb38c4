// Packs of hours in the REST API.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet::api {

void list_packs(guichet::Ctx ctx, guichet::Request request);
void create_pack(guichet::Ctx ctx, guichet::Request request);
void get_pack(guichet::Ctx ctx, guichet::Request request);
void patch_pack(guichet::Ctx ctx, guichet::Request request);
void delete_pack(guichet::Ctx ctx, guichet::Request request);

}  // namespace timesheet::api
