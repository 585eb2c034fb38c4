// The form of a pack of hours.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

void show_new_pack(guichet::Ctx ctx, guichet::Request request);
void add_typed_pack(guichet::Ctx ctx, guichet::Request request);
void show_pack_form(guichet::Ctx ctx, guichet::Request request);
void save_pack(guichet::Ctx ctx, guichet::Request request);
void delete_pack(guichet::Ctx ctx, guichet::Request request);

}  // namespace timesheet
