// /contracts: list, page, renewal.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::contract_pages {

void list(guichet::Ctx ctx, guichet::Request request);
void options(guichet::Ctx ctx, guichet::Request request);  // fragment for forms of other plugins
void show(guichet::Ctx ctx, guichet::Request request);
void renew(guichet::Ctx ctx, guichet::Request request);

// /api/v1/contracts/{id}/periods
void api_periods(guichet::Ctx ctx, guichet::Request request);
void api_renew(guichet::Ctx ctx, guichet::Request request);

}  // namespace directory::contract_pages
