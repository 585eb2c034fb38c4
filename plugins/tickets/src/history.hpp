// What happened to a ticket: who, when, which field, from what to what.
#pragma once

#include "call.hpp"
#include "cursor.hpp"

namespace tickets {

// One line of history, in the transaction of what happened; "" is nothing. version: of the ticket after a change.
void add_change(const Call& call, int64_t ticket, int64_t version, std::string_view field, const std::string& from, const std::string& to);
// What happened around a ticket and is no change of one of its fields: its version stays. field is one of those in
// history.cpp (attachment, watcher, ...): "" -> to was added, from -> "" was removed.
void note_history(const Call& call, int64_t ticket, std::string_view field, const std::string& from, const std::string& to);

// Newest first. The ticket is one that the user may see. One row more than limit when there are more.
guichet::Rows read_history(const Call& call, int64_t ticket, const std::optional<Cursor>& after, int limit);

// [{at, actor, event, text}], or label, from and to instead of a text; points in time are times.
guichet::Value shown_history(const Call& call, const guichet::Rows& rows, std::size_t most);

// Name of who saved the ticket last after the version, and when; empty when nobody did.
struct Saved {
    std::string by;
    guichet::Time at{};
};
std::optional<Saved> saved_since(const Call& call, int64_t ticket, int64_t version);

// Whether somebody has changed the field ("custom.site") after the version.
bool changed_since(const Call& call, int64_t ticket, std::string_view field, int64_t version);

}  // namespace tickets
