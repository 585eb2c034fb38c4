// One mail on its way to a ticket: what it says, and what was found out about it.
#pragma once

#include "ascii.hpp"
#include "authentication.hpp"
#include "classify.hpp"
#include "mailbox_store.hpp"
#include "quote.hpp"
#include "signals.hpp"

namespace mailbox {

struct Incoming {
    int64_t id = 0;  // inbound_mail
    Mailbox mailbox;
    Message message;
    Verdict verdict;
    Signals signals;
    Parts parts;
    std::string from;  // lower case
    std::string from_name;
    std::string dedup_key;
    std::string body_key;  // of the text without digits and blanks
    Trust trust = Trust::none;
    std::vector<std::string> recipients;  // To and Cc, lower case
    std::vector<std::string> warnings;    // codes of warnings.hpp, or the parser's words
};

Incoming examine(guichet::Ctx ctx, int64_t id, Mailbox mailbox, Message message);

}  // namespace mailbox
