// Storing drafts: the columns are the fields of the entity, plus who, when and the version. The caller's transaction.
#pragma once

#include "draft.hpp"

namespace interventions {

// Null for the system, which is no user.
std::optional<int64_t> author(guichet::Ctx ctx);

// Returns the id. A unique key that is taken is guichet::Error{GUICHET_E_CONFLICT}.
int64_t insert(guichet::Ctx ctx, const Draft& draft);
// False when the object has not this version any more: somebody else saved it.
bool update(guichet::Ctx ctx, const Draft& draft, int64_t id, int64_t version);

// Throws GUICHET_E_NOT_FOUND when there is none.
guichet::Value only_row(const guichet::Rows& rows);

// For REST: throws GUICHET_E_PRECONDITION by If-Match, GUICHET_E_CONFLICT by the member version of the body.
void require_version(guichet::Ctx ctx, guichet::Request request, guichet::Value row, guichet::Value body);
[[noreturn]] void throw_stale(guichet::Ctx ctx);
// A row as REST gives it, with its ETag.
void send_object(guichet::Ctx ctx, guichet::Request request, std::string_view object, guichet::Value row);

}  // namespace interventions
