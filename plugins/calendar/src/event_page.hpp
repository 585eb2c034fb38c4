// The page of an event, and what is done from there: move, delete.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace calendar {

void show_event(guichet::Ctx ctx, guichet::Request request);
void show_move(guichet::Ctx ctx, guichet::Request request);
void move_event(guichet::Ctx ctx, guichet::Request request);
void show_delete(guichet::Ctx ctx, guichet::Request request);
void delete_event(guichet::Ctx ctx, guichet::Request request);

}  // namespace calendar
