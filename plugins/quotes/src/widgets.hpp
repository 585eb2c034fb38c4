// Quotes on the pages of others: of a ticket, of an account.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace quotes {

void show_quotes_of_ticket(guichet::Ctx ctx, guichet::Value slot, guichet::Html out);
void show_quotes_of_account(guichet::Ctx ctx, guichet::Value slot, guichet::Html out);

}  // namespace quotes
