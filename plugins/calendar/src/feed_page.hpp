// The feeds of a user, and what a calendar program reads of them.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

void show_feeds(guichet::Ctx ctx, guichet::Request request);
void make_feed(guichet::Ctx ctx, guichet::Request request);
void drop_feed(guichet::Ctx ctx, guichet::Request request);
// Public: the token in the address is the key.
void read_feed(guichet::Ctx ctx, guichet::Request request);

}  // namespace calendar
