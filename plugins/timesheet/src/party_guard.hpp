// Accounts and contracts that time is booked on cannot be deleted.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

void keep_account(guichet::Ctx ctx, guichet::Event event);
void keep_contract(guichet::Ctx ctx, guichet::Event event);

}  // namespace timesheet
