// The workflow as administrators edit it. Each write is one transaction with its line in the audit log.
#pragma once

#include "workflow_presets.hpp"

namespace tickets {

// [{id, code, labels, label, phase, color, position, active, pauses, tickets}] by position; tickets: how many have it.
guichet::Value read_statuses(guichet::Ctx ctx);

struct StatusInput {
    std::string code{}, fr{}, en{}, phase{}, color{};
    bool pauses = false;
};
// Problems are those of code, fr, en, phase and color.
void check_status(guichet::Ctx ctx, const StatusInput& input, guichet::Problems& problems);

// What cannot be is thrown as GUICHET_E_INVALID with a text for people: a code that is there, a phase that changes
// under tickets, the last active status of the phases new, open and closed, deleting what tickets have or had.
void add_status(guichet::Ctx ctx, const StatusInput& input);
void edit_status(guichet::Ctx ctx, int64_t id, const StatusInput& input);
void activate_status(guichet::Ctx ctx, int64_t id, bool active);
void delete_status(guichet::Ctx ctx, int64_t id);
// All of them in the new order; ids that are missing keep their place behind these.
void order_statuses(guichet::Ctx ctx, const std::vector<int64_t>& ids);
void move_status(guichet::Ctx ctx, int64_t id, int steps);
void set_transitions(guichet::Ctx ctx, const std::vector<std::pair<int64_t, int64_t>>& allowed);

std::string applied_preset(guichet::Ctx ctx);
// Statuses and transitions become those of the preset. Statuses of the same code stay; tickets of the others go to the
// one that follows by their phase, with a line of history each. Others that tickets had are kept, inactive.
void apply_preset(guichet::Ctx ctx, const Preset& preset);

}  // namespace tickets
