// Time that is entered together with a message of the ticket (pain point 18).
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace timesheet {

// The fields in the composer: spent and activity.
void show_composer_fields(guichet::Ctx ctx, guichet::Value slot_data, guichet::Html out);
// Records what was typed there with the message, or refuses both beside the field.
void record_with_message(guichet::Ctx ctx, guichet::Event event);

}  // namespace timesheet
