// The version of a ticket in REST: entity tags, and what a caller gets who is too late.
#pragma once

#include "ticket_store.hpp"

namespace tickets::api {

// Throws GUICHET_E_PRECONDITION when If-Match names other versions than the ticket's.
void require_match(const Call& call, guichet::Request request, const Ticket& ticket);
// Throws GUICHET_E_CONFLICT when the member "version" of the body is not the ticket's; its errors[] have both
// values of each field that wanted differs in.
void require_version(const Call& call, guichet::Value body, const Ticket& ticket, const Values& wanted);

}  // namespace tickets::api
