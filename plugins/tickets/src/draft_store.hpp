// What somebody has typed and not sent: one per user and ticket, kept until it is sent or thrown away.
#pragma once

#include "call.hpp"

namespace tickets {

struct Draft {
    std::string body, visibility, to_user;
    bool by_mail = false;
    guichet::Time saved_at{};  // 0: it is not stored
};

// The user's own; empty when there is none. Visibility "" is the usual one.
Draft read_draft(const Call& call, int64_t ticket);
// Cut to what a message may be; an empty body removes it.
void save_draft(const Call& call, int64_t ticket, const Draft& draft);
void remove_draft(const Call& call, int64_t ticket);

// Names of colleagues who have typed something for this ticket in the last minutes, but for private messages.
std::vector<std::string> writing_colleagues(const Call& call, int64_t ticket);

}  // namespace tickets
