// Messages and history of a ticket under /api/v1/tickets/{id}.
#pragma once

#include "call.hpp"

namespace tickets::api {

void list_messages(const Call& call, guichet::Request request);
void create_message(const Call& call, guichet::Request request);
void list_history(const Call& call, guichet::Request request);

}  // namespace tickets::api
