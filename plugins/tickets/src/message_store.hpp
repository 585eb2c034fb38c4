// The conversation of a ticket. Public and team messages are for who may read the ticket, private ones for
// their author and their recipient alone (S1-21).
#pragma once

#include "call.hpp"
#include "cursor.hpp"

namespace tickets {

inline constexpr std::size_t kLongestMessage = 50'000;

struct NewMessage {
    std::string body;
    std::string visibility;  // public | team | private
    std::optional<int64_t> to_user;
    bool by_mail = false;  // of a team note: colleagues shall be told by mail
    // Of a customer, who is no user; "" when the user of the call has written it.
    std::string author_email{}, author_name{};
    bool automatic = false;  // a machine of the customer has
};

// Appends the condition that message m is for this user to read.
void add_visible(guichet::Query& query);

// Newest first. The ticket is one that the user may see. One row more than limit when there are more.
guichet::Rows read_messages(const Call& call, int64_t ticket, const std::optional<Cursor>& after, int limit);
// Newest first, at most 500: what customers may read.
guichet::Rows read_public_messages(const Call& call, int64_t ticket);
guichet::Value read_message(const Call& call, int64_t id);

// Of those that the user may read: the newest, 0 without any; how many others have written after one of them.
int64_t newest_message(const Call& call, int64_t ticket);
int64_t messages_since(const Call& call, int64_t ticket, int64_t message);
int64_t messages_after(const Call& call, int64_t ticket, int64_t message);  // one's own included

// Returns the id. Private messages leave no other trace on the ticket.
int64_t add_message(const Call& call, int64_t ticket, const NewMessage& message);

}  // namespace tickets
