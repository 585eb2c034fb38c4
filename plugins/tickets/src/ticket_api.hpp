// Tickets under /api/v1/tickets.
#pragma once

#include "ticket_store.hpp"

namespace tickets::api {

void list(const Call& call, guichet::Request request);
void create(const Call& call, guichet::Request request);
void get(const Call& call, guichet::Request request);
void patch(const Call& call, guichet::Request request);
// What a PATCH with that body does to a ticket that was loaded for update in the same transaction.
void apply(const Call& call, const Ticket& ticket, guichet::Value body);
void remove(const Call& call, guichet::Request request);
void step(const Call& call, guichet::Request request);

}  // namespace tickets::api
