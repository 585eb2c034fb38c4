// Interventions and their lines under /api/v1/interventions.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions::intervention_api {

void list(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void create_from_ticket(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);
void step(guichet::Ctx ctx, guichet::Request request);

void list_lines(guichet::Ctx ctx, guichet::Request request);
void create_line(guichet::Ctx ctx, guichet::Request request);
void patch_line(guichet::Ctx ctx, guichet::Request request);
void remove_line(guichet::Ctx ctx, guichet::Request request);

}  // namespace interventions::intervention_api
