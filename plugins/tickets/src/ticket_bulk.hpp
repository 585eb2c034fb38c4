// Several tickets of a list at once: each is a transaction of its own, and the answer says of each what became of it.
#pragma once

#include "call.hpp"

namespace tickets {

inline constexpr std::size_t kMostAtOnce = 200;

// POST /tickets/bulk: ids, do (a field, a step, tag, merge or delete) and what that needs; take: one id that "Take charge" of its row
// was pressed for.
void change_several(const Call& call, guichet::Request request);

// What can be done with several, for the bar above the list: {fields: [{name, label, options}], steps: [{name, label, icon}], tag, merge,
// delete}.
guichet::Value bulk_choices(const Call& call);

}  // namespace tickets
