// Workflows to begin with: statuses, transitions, and the settings that go with them.
#pragma once

#include "statuses.hpp"

#include <span>

namespace tickets {

struct PresetStatus {
    std::string_view code, phase, color, en, fr;
};
struct PresetTransition {
    std::string_view from, to;  // codes
};
struct Preset {
    std::string_view name, label, description;      // label is a name, description a msgid
    std::span<const PresetStatus> statuses;         // the first is the one of a new ticket
    std::span<const PresetTransition> transitions;  // none: all
    bool account_required, allow_leads, closed_is_final;
};

std::span<const Preset> presets();
const Preset* find_preset(std::string_view name);
// Where tickets of a status go to: what means the same in the preset (features.md, status mapping); of a status of an
// administrator the preset's first one of that phase, or of the nearest phase that it has.
const PresetStatus& successor(const Preset& preset, std::string_view code, std::string_view phase);

}  // namespace tickets
