// The form of an event: a new one, one that is there, and the one that a ticket makes in one click.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

void show_new(guichet::Ctx ctx, guichet::Request request);
void add_event(guichet::Ctx ctx, guichet::Request request);
void show_edit(guichet::Ctx ctx, guichet::Request request);
void save_event(guichet::Ctx ctx, guichet::Request request);
// S2-23: an event of the ticket with the default type.
void add_for_ticket(guichet::Ctx ctx, guichet::Request request);

}  // namespace calendar
