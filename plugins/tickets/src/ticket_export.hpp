// GET /tickets/export: the list as it is shown, as CSV.
#pragma once

#include "call.hpp"

namespace tickets {

void export_list(const Call& call, guichet::Request request);

}  // namespace tickets
