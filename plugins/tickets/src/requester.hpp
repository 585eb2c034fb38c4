// The customer's side of a ticket: who is answered, and at which address (S1-23).
#pragma once

#include "ticket_store.hpp"

namespace tickets {

struct Requester {
    std::string name;  // "" when only the address is known
    std::string email;
};

// The contact, else the account, else the address on the ticket: the first that has a valid one. nullopt: nobody can be answered.
std::optional<Requester> requester_of(const Ticket& ticket);

}  // namespace tickets
