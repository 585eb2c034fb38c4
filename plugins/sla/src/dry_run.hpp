// What a change of a policy would do to the tickets that are open (6.3, 9). Nothing is written.
#pragma once

#include "policy_book.hpp"

namespace sla {

struct Effect {
    int64_t open = 0;      // tickets that were looked at: the newest 10,000
    int64_t affected = 0;  // would have another policy, or another deadline
    int64_t late = 0;      // of those: would be late at once, and are not
};
Effect dry_run(guichet::Ctx ctx, ServicePolicy policy);

}  // namespace sla
