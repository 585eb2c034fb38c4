// REST: /api/v1/quote-items
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes::item_api {

void list(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);
void remove(guichet::Ctx ctx, guichet::Request request);

}  // namespace quotes::item_api
