// What happens to tickets, for the events that are about them.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

// Its events go with it to the ticket it lives on in.
void follow_merge(guichet::Ctx ctx, guichet::Event event);
// They stay, about nothing.
void forget_ticket(guichet::Ctx ctx, guichet::Event event);

}  // namespace calendar
