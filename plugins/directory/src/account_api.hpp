// /api/v1/accounts.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::account_api {

void list(guichet::Ctx ctx, guichet::Request request);
void create(guichet::Ctx ctx, guichet::Request request);
void get(guichet::Ctx ctx, guichet::Request request);
void patch(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::account_api
