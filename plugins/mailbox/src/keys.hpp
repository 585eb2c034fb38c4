// Secrets of the tokens, and who this instance is (mail.md 3.2, 3.3).
#pragma once

#include "token.hpp"

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

// The first one signs. Makes one when there is none. A key that cannot be opened any more is left out.
Keys token_keys(guichet::Ctx ctx);
// The same without making one.
Keys known_keys(guichet::Ctx ctx);
// Value of X-Loop in what we send: the same mail coming in again is our own.
std::string instance_id(guichet::Ctx ctx);

}  // namespace mailbox
