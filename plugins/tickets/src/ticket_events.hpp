// What happens to tickets, told to other plugins (events/*.json). Each inside the transaction of the change.
#pragma once

#include "message_store.hpp"
#include "ticket_store.hpp"

namespace tickets {

struct Change {
    std::string field, from, to;  // "" is nothing
};

// Let other plugins edit or refuse; the values they leave, which are checked as a user's own would be. Throw
// guichet::Error{GUICHET_E_VETO}, and GUICHET_E_INTERNAL with the name of the plugin whose edit cannot be stored.
Values creating(const Call& call, Values values);
Values updating(const Call& call, const Ticket& ticket, Values values);
// A refusal stands beside its field; any other error is thrown again.
void show_veto(const guichet::Error& error, guichet::Problems& problems);

void created(const Call& call, int64_t id, std::string_view ref, const Values& values);
void updated(const Call& call, int64_t id, int64_t version, const std::vector<Change>& changes);
// From one status to another, whatever the phases are.
void transitioned(const Call& call, int64_t id, int64_t version, const Values& from, const Values& to);
void ended(const Call& call, int64_t id, int64_t version, const Values& values);
void merged(const Call& call, int64_t id, int64_t into);
void deleted(const Call& call, int64_t id);
void message_adding(const Call& call, int64_t ticket, const NewMessage& message, guichet::Value ext);
void message_added(const Call& call, int64_t id, int64_t ticket, const NewMessage& message);

}  // namespace tickets
