// The administration of the workflow: /admin/tickets/workflow, and GET /api/v1/tickets/statuses.
#pragma once

#include "call.hpp"

namespace tickets {

void show_workflow(const Call& call, guichet::Request request);
void add_to_workflow(const Call& call, guichet::Request request);    // POST …/statuses
void show_status(const Call& call, guichet::Request request);        // GET …/statuses/{id}
void save_status(const Call& call, guichet::Request request);        // POST
void switch_status(const Call& call, guichet::Request request);      // POST …/statuses/{id}/active
void remove_status(const Call& call, guichet::Request request);      // POST …/statuses/{id}/delete
void shift_status(const Call& call, guichet::Request request);       // POST …/statuses/{id}/move
void sort_statuses(const Call& call, guichet::Request request);      // POST …/order: ids with commas
void save_transitions(const Call& call, guichet::Request request);   // POST …/transitions: allow=FROM-TO, repeated
void show_preset(const Call& call, guichet::Request request);        // GET …/presets/{preset}: what would change
void apply_preset_page(const Call& call, guichet::Request request);  // POST

// The setting names a workflow that is not the one applied last: it is applied (a deployment, or the settings' page).
void follow_setting(guichet::Ctx ctx, guichet::Event event);

namespace api {
void list_statuses(const Call& call, guichet::Request request);
}

}  // namespace tickets
