// /api/v1/<resource>: their lists.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::list_api {

void accounts(guichet::Ctx ctx, guichet::Request request);
void contacts(guichet::Ctx ctx, guichet::Request request);
void contracts(guichet::Ctx ctx, guichet::Request request);
void contract_lines(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::list_api
