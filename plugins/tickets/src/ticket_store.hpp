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
    // Why nobody may change it any more, for people; "" when it may be changed.
    std::string_view locked{};
    bool may_update = false;  // never while it is locked
    bool may_delete = false;
};

std::string path_of(int64_t ticket);  // of its page

// Throws GUICHET_E_NOT_FOUND when there is none, or the user may not see it.
Ticket load(const Call& call, int64_t id);
// The same, and nobody else changes it until the transaction ends.
Ticket load_for_update(const Call& call, int64_t id);
// One that the user may change. Throws what load and require_update throw.
Ticket load_editable(const Call& call, int64_t id);
// Two tickets for update that the user may change, as they were asked for; always locked in the same order.
std::pair<Ticket, Ticket> load_both(const Call& call, int64_t one, int64_t other);
// Throw GUICHET_E_DENIED; GUICHET_E_CONFLICT when the ticket is locked.
void require_update(const Ticket& ticket);
void require_delete(const Ticket& ticket);

// The values of a ticket before anything is entered.
Values empty_values(const Call& call);

// Returns the id. values have been checked.
int64_t add(const Call& call, const Values& values);
// Stores what differs from the ticket, which was loaded for update in the same transaction. Nothing differs:
// nothing is written. Returns whether anything was.
bool change(const Call& call, const Ticket& ticket, const Values& values);
void erase(const Call& call, int64_t id);

// Notes the first time somebody who may work on the ticket opens it (S2-14), and gives it the status READ of workflows
// that have one (S2-34). Its version stays: reading is never in the way of who is changing it.
// Returns whether it was the first time.
bool mark_read(const Call& call, const Ticket& ticket);

}  // namespace tickets
