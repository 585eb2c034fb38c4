// Links between tickets: parent and child, duplicate, related. A link shows nobody more than he may see (R31): both
// ends must be visible and changeable to make one, and the other end is left out for who may not see it.
#pragma once

#include "ticket_store.hpp"

namespace tickets {

// What the other ticket is to this one.
enum class Relation { parent, child, duplicate_of, duplicated_by, related };
std::optional<Relation> find_relation(std::string_view name);  // "duplicate_of"
std::string_view name_of(Relation relation);
std::string_view label_of(const Call& call, Relation relation);
// [{value, label}]
guichet::Value relation_options(const Call& call);

// Id of the ticket that was named by its number or id, when the user may see it.
std::optional<int64_t> find_ticket(const Call& call, std::string_view typed);

// [{id, relation, label, ticket_id, ref, subject, status}]; those merged into the ticket have relation "merged" and no id.
guichet::Value read_links(const Call& call, int64_t ticket);
// In one transaction with the history of both. Throws GUICHET_E_INVALID (field ticket) for a link that is there, a
// second parent and a circle, and what load and require_update throw for either end.
int64_t add_link(const Call& call, int64_t ticket, Relation relation, int64_t other);
// A new ticket that came of another one, whatever may still be done with that; its history says why.
void relate(const Call& call, int64_t ticket, int64_t other);
// Throws GUICHET_E_NOT_FOUND when the ticket has no such link for this user.
void remove_link(const Call& call, int64_t ticket, int64_t link);

}  // namespace tickets
