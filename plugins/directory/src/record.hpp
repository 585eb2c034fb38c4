// Storing drafts: the columns are the fields of the entity, plus who, when and the version. Each write is published to
// other plugins (events/*.json) in its transaction.
#pragma once

#include "draft.hpp"

namespace directory {

// Returns the id. A unique key that is taken is guichet::Error{GUICHET_E_CONFLICT}; nothing is stored then.
int64_t insert(guichet::Ctx ctx, const Draft& draft);

// False when the object has not this version any more: somebody else saved it.
bool update(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version);

// Other plugins may refuse it (events/record_deleting.v1.json): GUICHET_E_VETO.
void remove(guichet::Ctx ctx, const Entity& entity, int64_t id);

// Throws GUICHET_E_NOT_FOUND when there is none.
guichet::Value only_row(const guichet::Rows& rows);

}  // namespace directory
