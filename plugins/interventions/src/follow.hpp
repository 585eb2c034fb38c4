// What happens elsewhere and concerns equipment and interventions: tickets that change, are merged or deleted; parts of the directory
// that are about to be deleted.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

// Another account's equipment is not the ticket's any more.
void ticket_updated(guichet::Ctx ctx, guichet::Event event);
void ticket_merged(guichet::Ctx ctx, guichet::Event event);
void ticket_deleted(guichet::Ctx ctx, guichet::Event event);

void keep_account(guichet::Ctx ctx, guichet::Event event);
void keep_contact(guichet::Ctx ctx, guichet::Event event);
void keep_contract(guichet::Ctx ctx, guichet::Event event);
void keep_contract_line(guichet::Ctx ctx, guichet::Event event);

}  // namespace interventions
