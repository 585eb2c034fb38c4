// Which equipment a ticket is about (S2-21): one of its account's.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

// Of a ticket that the user may see; empty: none, or none that he may see.
guichet::Value equipment_of_ticket(guichet::Ctx ctx, int64_t ticket_id);
// The latest 50 tickets of an equipment that the user may see: [{id, ref, subject, created_at, status_label, status_color}].
guichet::Value tickets_of(guichet::Ctx ctx, int64_t equipment_id);

// 0: none any more. GUICHET_E_INVALID, field equipment_id, when it is not of the ticket's account; GUICHET_E_DENIED when the user
// may not change the ticket. With a line in the ticket's history.
void designate(guichet::Ctx ctx, int64_t ticket_id, int64_t equipment_id);

// The form on the ticket, and the contract of its equipment for the ticket.
void choose(guichet::Ctx ctx, guichet::Request request);
void use_contract(guichet::Ctx ctx, guichet::Request request);
void api_get(guichet::Ctx ctx, guichet::Request request);
void api_put(guichet::Ctx ctx, guichet::Request request);

// At the side of a ticket's page.
void ticket_widget(guichet::Ctx ctx, guichet::Value data, guichet::Html out);

}  // namespace interventions
