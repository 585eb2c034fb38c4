// POST /tickets/{id}/messages from the composer.
#pragma once

#include "call.hpp"

namespace tickets {

void send_message(const Call& call, guichet::Request request);

}  // namespace tickets
