// What is asked of the directory and of tickets, as the current user may see it. Empty: there is none for him.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

guichet::Value find_account(guichet::Ctx ctx, int64_t id);
guichet::Value find_contact(guichet::Ctx ctx, int64_t id);
guichet::Value find_ticket(guichet::Ctx ctx, int64_t id);

// {id, ref, label, account_id, status, runs_today} of a contract of the account; empty for any other.
guichet::Value contract_of(guichet::Ctx ctx, int64_t account_id, int64_t contract_id);
// The account's running contracts, and the one that is chosen already: [{value, label}].
guichet::Value contract_options(guichet::Ctx ctx, int64_t account_id, int64_t chosen);

// Those of them that the user may see, in the same order.
guichet::Value visible_tickets(guichet::Ctx ctx, const std::vector<int64_t>& ids);
// Throws GUICHET_E_DENIED, and GUICHET_E_CONFLICT when nobody changes it any more.
void require_ticket_update(guichet::Ctx ctx, int64_t ticket_id);
// members: of a PATCH of the ticket.
void change_ticket(guichet::Ctx ctx, int64_t ticket_id, guichet::Value members);
// A line of the ticket's history.
void note_on_ticket(guichet::Ctx ctx, int64_t ticket_id, std::string_view english, std::string_view french);

}  // namespace interventions
