// Notices: what somebody was told, and whether he has read it.
#pragma once

#include "occasion.hpp"

namespace notifications {

struct Reader {
    std::optional<int64_t> user;
    std::string address;  // without a user
    std::string mail;     // none | due | digest
};
struct Cause {
    int64_t delivery;  // of the event
    int64_t actor;
};
// Whoever was told of this delivery already is left out.
void add_notices(guichet::Ctx ctx, const Cause& cause, const Occasion& occasion, const std::vector<Reader>& readers);

inline constexpr int kNoticesPerPage = 25;

// Of the current user.
int64_t count_unread(guichet::Ctx ctx);
// Newest first, one row more than a page when there are more; before: an id.
guichet::Value read_feed(guichet::Ctx ctx, bool unread_only, std::optional<int64_t> before);
// {id, ticket_id, message_id, data}; throws GUICHET_E_NOT_FOUND.
guichet::Value read_notice(guichet::Ctx ctx, int64_t id);
void mark_read(guichet::Ctx ctx, int64_t id);
void mark_all_read(guichet::Ctx ctx, int64_t newest);  // those up to that one
void mark_ticket_read(guichet::Ctx ctx, int64_t ticket);

}  // namespace notifications
