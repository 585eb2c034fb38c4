// Tickets under /api/v1/tickets.
#pragma once

#include "call.hpp"

namespace tickets::api {

void list(const Call& call, guichet::Request request);
void create(const Call& call, guichet::Request request);
void get(const Call& call, guichet::Request request);
void patch(const Call& call, guichet::Request request);
void remove(const Call& call, guichet::Request request);
void step(const Call& call, guichet::Request request);

}  // namespace tickets::api
