// Changes of an occurrence, of it and those that follow, or of all of its series (RFC 5545, 3.8.4.4 and 3.8.5).
#pragma once

#include "event.hpp"

namespace calendar {

enum class Scope { one, following, all };
// "one", "following" or "all".
std::optional<Scope> parse_scope(std::string_view text);
std::string_view scope_name(Scope scope);

// The event and the occurrence of it that a page is about. Throws Error{GUICHET_E_NOT_FOUND}.
Occurrence load_occurrence(guichet::Ctx ctx, int64_t event, std::optional<guichet::Time> at);
// nullopt when it is there no more.
std::optional<Occurrence> find_occurrence(guichet::Ctx ctx, int64_t event, std::optional<guichet::Time> at);
// The same, locked, with the version checked; inside a transaction.
Occurrence lock_occurrence(guichet::Ctx ctx, int64_t event, std::optional<guichet::Time> at, int64_t version);

// What a form begins with: the occurrence's own times for "one" and "following", those of the series for "all".
Entry entry_for(guichet::Ctx ctx, const Occurrence& occurrence, Scope scope);
// Inside a transaction. Returns the event that the occurrence belongs to now.
int64_t change(guichet::Ctx ctx, const Occurrence& occurrence, Scope scope, const Entry& wanted);
void erase(guichet::Ctx ctx, const Occurrence& occurrence, Scope scope);
// The entry with another start, as long as before; a weekly rule moves with it.
Entry moved(const Entry& entry, guichet::Time starts);

}  // namespace calendar
