// Rules as administrators change them: each change in one transaction with its line in the audit log.
#pragma once

#include "rule.hpp"

namespace notifications {

Rule read_rule(guichet::Ctx ctx, int64_t id);  // throws GUICHET_E_NOT_FOUND
int64_t add_rule(guichet::Ctx ctx, const Rule& rule);
// Throws GUICHET_E_CONFLICT when somebody has changed it since rule.version.
void change_rule(guichet::Ctx ctx, const Rule& rule);
void activate_rule(guichet::Ctx ctx, int64_t id, bool active);
// One place up or down; nothing at the ends.
void shift_rule(guichet::Ctx ctx, int64_t id, bool up);
void remove_rule(guichet::Ctx ctx, int64_t id);

}  // namespace notifications
