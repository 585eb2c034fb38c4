// "guichet mail deliver --mailbox NAME": a mail server on this machine hands a mail over on standard input (Postfix, pipe(8)):
//   guichet unix - n n - 4 pipe flags=DRX user=guichet argv=/usr/bin/guichet mail deliver --mailbox support@example.org
// D and O add the recipient as Delivered-To and X-Original-To, by which answers find their ticket.
#pragma once

#include <guichet/sdk/plugin.hpp>

#include <cstdint>

namespace mailbox {

// Exit status of sysexits.h: 0 it is stored; 75 try again later (also when the mailbox is not known: nothing is to be lost by a
// spelling mistake); 69 larger than what is taken.
std::int32_t deliver(guichet::Ctx ctx, guichet::Value args);

}  // namespace mailbox
