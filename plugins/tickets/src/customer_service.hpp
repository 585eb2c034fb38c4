// Service "tickets.customers" (tickets/customers_v1.h): what customers do with tickets. What they see of them: customer_view.hpp.
#pragma once

#include "ticket_store.hpp"

#include <tickets/customers_v1.h>

#include <span>

namespace tickets::customers {

// Throws GUICHET_E_DENIED unless the system acts: customers are no users.
void require_system(guichet::Ctx ctx);

guichet::Value create(const Call& call, guichet::Value input);
guichet::Value add_message(const Call& call, int64_t ticket, guichet::Value message);
guichet::Value attach(const Call& call, int64_t ticket, int64_t message, std::span<const tickets_new_file> files, guichet_http* http);
void step(const Call& call, int64_t ticket, std::string_view step);

// Whether a customer's message still belongs to the ticket: not when it was closed too long ago, or for ever.
bool answerable(const Call& call, const Ticket& ticket);
// The ticket that a merged one lives on in; itself when it was not merged. Throws GUICHET_E_NOT_FOUND.
int64_t living(const Call& call, int64_t ticket);

}  // namespace tickets::customers
