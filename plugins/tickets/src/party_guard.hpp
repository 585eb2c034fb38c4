// What tickets refer to is not deleted: hooks before the directory deletes an account, a contact or a contract.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace tickets {

void keep_account(guichet::Ctx ctx, guichet::Event event);
void keep_contact(guichet::Ctx ctx, guichet::Event event);
void keep_contract(guichet::Ctx ctx, guichet::Event event);

}  // namespace tickets
