// What the page of an account shows of this plugin's own: widgets like those of other plugins, so that an administrator
// arranges all of them by the type of the account.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace directory::account_widgets {

// The first ones, and whether there are others. slot_data: account_id.
void contacts(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
void contracts(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);

}  // namespace directory::account_widgets
