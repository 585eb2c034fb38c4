// What happens to accounts and tickets that have quotes.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void keep_account(guichet::Ctx ctx, guichet::Event event);   // before it is deleted: refused
void follow_merge(guichet::Ctx ctx, guichet::Event event);   // quotes go on with the ticket that goes on
void forget_ticket(guichet::Ctx ctx, guichet::Event event);  // a ticket is deleted: its quotes stay
void forget_contact(guichet::Ctx ctx, guichet::Event event);

}  // namespace quotes
