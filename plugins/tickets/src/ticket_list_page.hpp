// GET /tickets
#pragma once

#include "call.hpp"

namespace tickets {

void show_list(const Call& call, guichet::Request request);

}  // namespace tickets
