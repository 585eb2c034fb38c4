// Tickets by their deadline: the list of late ones, the tiles, the column of the ticket list, and which ticket comes next.
#pragma once

#include "policy_book.hpp"

namespace sla {

void show_deadlines(guichet::Ctx ctx, guichet::Request request);  // /sla/late (S3-07)
void next_ticket(guichet::Ctx ctx, guichet::Request request);     // "Choose the next ticket" (S3-29; 6.3, 12)

void show_late_tile(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
void show_soon_tile(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
void show_next_button(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
void show_ticket_card(guichet::Ctx ctx, guichet::Value data, guichet::Html out);
void show_due_cells(guichet::Ctx ctx, guichet::Cells cells);
int64_t count_late(guichet::Ctx ctx);

}  // namespace sla
