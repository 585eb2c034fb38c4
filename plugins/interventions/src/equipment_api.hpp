// Equipment under /api/v1/equipment.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions::equipment_api {

void list(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);

}  // namespace interventions::equipment_api
