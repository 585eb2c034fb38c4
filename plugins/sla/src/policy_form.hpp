// A policy as a form has it.
#pragma once

#include "store.hpp"

namespace sla {

// The members of a policy's definition, as REST has them, from the controls of the form; name, active, calendar_id and enforce_from, too.
guichet::Value typed_policy(guichet::Ctx ctx, guichet::Request request);
// Into policy; problems by the names of the controls.
void read_typed(guichet::Ctx ctx, guichet::Value typed, ServicePolicy& policy, guichet::Problems& problems);
// What the controls show: of what was typed, or of what is stored.
guichet::Value policy_controls(guichet::Ctx ctx, guichet::Value typed, guichet::Value errors);
guichet::Value stored_as_typed(guichet::Ctx ctx, const ServicePolicy& policy);

}  // namespace sla
