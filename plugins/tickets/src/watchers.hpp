// Who wants to be told of a ticket. Watching gives no right: only who may see a ticket can be added, and whoever may
// no longer see it stays on the list and is told nothing.
#pragma once

#include "ticket_store.hpp"

namespace tickets {

// [{user_id, name, me}] by name. The ticket is one that the user may see.
guichet::Value read_watchers(const Call& call, int64_t ticket);
// In one transaction with the history. Both are nothing when it is so already. add_watcher throws GUICHET_E_INVALID
// (field user) when there is no such active user, or one who may not see the ticket: the same answer to both.
void add_watcher(const Call& call, const Ticket& ticket, int64_t user);
void remove_watcher(const Call& call, const Ticket& ticket, int64_t user);
// Those of one ticket who may see the other become watchers of that one.
void move_watchers(const Call& call, int64_t from, int64_t into);

// POST /tickets/{id}/watchers: form member "user" ("me": oneself) with "watch" 1 or 0.
void watch(const Call& call, guichet::Request request);

namespace api {
void list_watchers(const Call& call, guichet::Request request);
void create_watcher(const Call& call, guichet::Request request);
void remove_watcher(const Call& call, guichet::Request request);
}  // namespace api

}  // namespace tickets
