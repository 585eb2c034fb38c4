// What a level does when it is reached (6.3, 8): somebody is told, the ticket goes to somebody else, its priority rises, its history says
// so.
#pragma once

#include "refresh.hpp"

namespace sla {

// Inside the Tx that writes the level down. What tickets refuse (a user who has left, a locked ticket) is logged, the rest is done.
void act(guichet::Ctx ctx, const Reached& reached);

// One mail per address for all that waits to be told; each in a transaction of its own.
void send_notices(guichet::Ctx ctx);

}  // namespace sla
