// Custom fields of other objects may name an equipment: guichet_lookup_v1 (guichet/abi/fields.h).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

void look_up(guichet::Ctx ctx, int64_t id, guichet_value** out);
void suggest(guichet::Ctx ctx, guichet_str words, int32_t limit, guichet_value** out);

}  // namespace interventions
