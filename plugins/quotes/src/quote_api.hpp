// REST: /api/v1/quotes
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes::api {

void list(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);
void validate(guichet::Ctx ctx, guichet::Request request);
void step(guichet::Ctx ctx, guichet::Request request);
void duplicate(guichet::Ctx ctx, guichet::Request request);
void history(guichet::Ctx ctx, guichet::Request request);

}  // namespace quotes::api
