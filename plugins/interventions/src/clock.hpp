// The technician's clock: one per intervention and user; stopping it makes a line of labour of the real time.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

// Since when the user's clock runs; nothing when it does not.
std::optional<guichet::Time> clock_of(guichet::Ctx ctx, int64_t intervention_id);
// Started already: stays as it is.
void start_clock(guichet::Ctx ctx, int64_t intervention_id);
// description: of the line; "": "Work". Nothing runs: GUICHET_E_CONFLICT.
void stop_clock(guichet::Ctx ctx, int64_t intervention_id, std::string_view description);

}  // namespace interventions
