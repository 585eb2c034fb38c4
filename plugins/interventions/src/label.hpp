// The label on an equipment: whoever scans it sends a request about it with the public form.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

// Where the label leads; "" while there is no public form.
std::string label_target(guichet::Ctx ctx, guichet::Value equipment);
void open_label(guichet::Ctx ctx, guichet::Request request);

// What the form says above itself, and what becomes of the ticket: it is about the equipment, and of its account when it has none. Who has
// scanned a label may be anybody: a ticket of another account stays as it is.
void reference_shown(guichet::Ctx ctx, guichet::Event event);
void request_received(guichet::Ctx ctx, guichet::Event event);

}  // namespace interventions
