// What in a message points to a ticket (mail.md 3.2), in the order in which it counts. Who may write there is not decided here.
#pragma once

#include "message.hpp"
#include "token.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

struct Signals {
    // Reply tokens in Delivered-To, X-Original-To, Envelope-To, then To and Cc; with a syntax that is right, not verified.
    std::vector<Token> addresses;
    // Return path tokens in the same headers: of a bounce.
    std::vector<Token> return_paths;
    // Ids with < >: those of In-Reply-To, then References from the last to the first; none twice.
    std::vector<std::string> ids;
    std::vector<Token> tokens;              // those of ids that are ours, in the same order; not verified
    std::vector<std::string> subject_tags;  // "TICK-2608-0021" of "[#TICK-2608-0021]"
    bool forwarded = false;                 // Fwd:, TR:, WG:, RV: …
    std::string subject;                    // without Re:, Fwd: and tags; for comparing
};

Signals find_signals(const Message& message);
// Every address that the message was delivered to or says it was sent to, lower case, in that order.
std::vector<std::string> recipients(const Message& message);

}  // namespace mailbox
