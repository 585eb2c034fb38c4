// Mails that their server does not hand over, or of which this program does not understand how: the others do not wait for them.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

struct Stuck {
    int64_t mailbox = 0;
    std::string_view source, uid;  // as in inbound_mail
};

std::vector<std::string> stuck_uids(guichet::Ctx ctx, int64_t mailbox, std::string_view source);  // to be tried again
bool is_given_up(guichet::Ctx ctx, const Stuck& mail);
// True when it was tried often enough.
bool note_stuck(guichet::Ctx ctx, const Stuck& mail);
void forget_stuck(guichet::Ctx ctx, const Stuck& mail);

}  // namespace mailbox
