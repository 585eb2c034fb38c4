// Service interventions.schedule (interventions/schedule_v1.h).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

void planned_for_others(guichet::Ctx ctx, int64_t from_us, int64_t to_us, const int64_t* user_ids, size_t n, guichet_value** out);

}  // namespace interventions
