// Tickets in the database: reading one, adding, changing and deleting. Each write is one transaction with its
// history.
#pragma once

#include "fields.hpp"

namespace tickets {

// One ticket as the user may see it.
struct Ticket {
    int64_t id = 0;
    int64_t version = 0;
    Values values;
    // Columns for pages: with the names of account, contact, contract and people.
    guichet::Value row;
    bool may_update = false;
    bool may_delete = false;
};

// Throws GUICHET_E_NOT_FOUND when there is none, or the user may not see it.
Ticket load(const Call& call, int64_t id);
// The same, and nobody else changes it until the transaction ends.
Ticket load_for_update(const Call& call, int64_t id);
// Throw GUICHET_E_DENIED.
void require_update(const Ticket& ticket);
void require_delete(const Ticket& ticket);

// The values of a ticket before anything is entered.
Values empty_values(const Call& call);

enum class Channel { agent, api };
// Returns the id. values have been checked.
int64_t add(const Call& call, const Values& values, Channel channel);
// Stores what differs from the ticket, which was loaded for update in the same transaction. Nothing differs:
// nothing is written. Returns whether anything was.
bool change(const Call& call, const Ticket& ticket, const Values& values);
void erase(const Call& call, int64_t id);

// Notes the first time somebody who may work on the ticket opens it (S2-14). It is no change of the ticket.
void mark_read(const Call& call, const Ticket& ticket);

}  // namespace tickets
