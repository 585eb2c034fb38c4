// What other plugins may ask: the functions of tickets/tickets_v1.h.
#pragma once

#include "call.hpp"

namespace tickets {

void find_for_others(guichet::Ctx ctx, int64_t ticket_id, guichet_value** out);
void visible_for_others(guichet::Ctx ctx, const int64_t* ids, size_t n, guichet_value** out);
void readers_for_others(guichet::Ctx ctx, int64_t ticket_id, const int64_t* user_ids, size_t n, guichet_value** out);
void message_for_others(guichet::Ctx ctx, int64_t message_id, guichet_value** out);
void update_for_others(const Call& call, int64_t ticket_id, guichet::Value changes);
void note_for_others(const Call& call, int64_t ticket_id, guichet::Value texts);

}  // namespace tickets
