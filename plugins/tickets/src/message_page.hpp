// The composer: sending, looking at it first, and keeping what is typed.
#pragma once

#include "call.hpp"

namespace tickets {

void send_message(const Call& call, guichet::Request request);     // POST /tickets/{id}/messages
void preview_message(const Call& call, guichet::Request request);  // POST /tickets/{id}/messages/preview
void keep_draft(const Call& call, guichet::Request request);       // POST /tickets/{id}/draft
void drop_draft(const Call& call, guichet::Request request);       // POST /tickets/{id}/draft/delete

}  // namespace tickets
