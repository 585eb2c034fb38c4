// Other plugins before an account is stored (events/account_creating.v1.json, …_updating): they edit or refuse it, inside
// the transaction of the change.
#pragma once

#include "draft.hpp"

namespace directory {

// The draft as they leave it, checked as what a user types. Throw guichet::Error{GUICHET_E_VETO}, and GUICHET_E_INTERNAL
// with the name of the plugin whose edit cannot be stored.
Draft creating(guichet::Ctx ctx, const Draft& draft);
Draft updating(guichet::Ctx ctx, const Draft& draft, int64_t id);

}  // namespace directory
