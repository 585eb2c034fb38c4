// /api/v1/contracts.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::contract_api {

void list(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::contract_api
