// Who a mail is from, as far as the directory knows: by the exact address, never by a name (S2-10).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

// Sets account_id, contact_id and language when exactly one account has the address.
void add_requester(guichet::Ctx ctx, std::string_view address, guichet::Value& ticket);

}  // namespace mailbox
