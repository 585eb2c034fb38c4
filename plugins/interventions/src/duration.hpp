// How long the work on a ticket took (S2-24): the sum of the lines of its interventions, asked of the lines themselves, so that no
// change of one can be forgotten.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace interventions {

int64_t duration_of_ticket(guichet::Ctx ctx, int64_t ticket_id);  // seconds
// The column of the list of tickets.
void duration_column(guichet::Ctx ctx, guichet::Cells cells);

}  // namespace interventions
