// Two tickets become one, and one becomes two.
#pragma once

#include "ticket_store.hpp"

namespace tickets {

// Throws GUICHET_E_INVALID (field into) for two that cannot be one: the same, or of different accounts (R31).
void require_mergeable(const Call& call, const Ticket& from, const Ticket& into);

// Messages, files, watchers and tags go to the other ticket; the merged one is closed and points to it. A private
// message stays private to its two. One transaction, with the history and the events of both. Throws what load and
// require_update throw for either, GUICHET_E_INVALID (field into) for two that cannot be one, and GUICHET_E_VETO.
void merge_into(const Call& call, int64_t from, int64_t into);

// Those messages, with their files, become a new ticket of the same account, which is linked as related. Returns its
// id. Throws GUICHET_E_INVALID (field messages) when one is not there for this user, and what add throws.
int64_t split(const Call& call, int64_t ticket, const std::vector<int64_t>& messages, std::string_view subject);

}  // namespace tickets
