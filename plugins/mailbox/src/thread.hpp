// To which ticket a mail belongs (mail.md 3.2, security.md R62): the first sign that holds, and only for who may write there.
#pragma once

#include "incoming.hpp"
#include "token.hpp"

namespace mailbox {

struct Thread {
    int64_t ticket = 0;  // 0: a new one
    std::string why;
    int64_t hint = 0;       // ticket that the mail names without being let in; 0: none
    bool by_token = false;  // of ours, and valid
};

// Mails of one thread are routed one after the other, whatever they come in at the same time. Inside the transaction of the mail.
void lock_thread(guichet::Ctx ctx, const Incoming& mail);
Thread find_thread(guichet::Ctx ctx, const Keys& keys, const Incoming& mail);

}  // namespace mailbox
