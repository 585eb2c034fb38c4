// POST /api/v1/sla/preview: when something would be due, with calendar, target and what happened given in the request.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace sla {

void preview(guichet::Ctx ctx, guichet::Request request);

}  // namespace sla
