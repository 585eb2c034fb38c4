// The steps that have a button: what each makes of a ticket's values. The statuses are found by their phase, so
// that every preset has them.
#pragma once

#include "fields.hpp"

namespace tickets {

// The user becomes the assignee; a new ticket is open from then on.
Values taken(const Call& call, Values values);
Values closed(const Call& call, Values values);
// Back to work when somebody is in charge, to the start otherwise. What is not finished stays as it is.
Values reopened(const Call& call, Values values);

}  // namespace tickets
