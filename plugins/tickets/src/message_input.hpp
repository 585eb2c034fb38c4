// What a form or a JSON body wants to be a message.
#pragma once

#include "draft_store.hpp"
#include "message_store.hpp"

namespace tickets {

// Of the composer, as it was typed.
Draft typed_draft(guichet::Request request);

// Of a form the recipient is looked at for private messages only, and by_mail for notes: their controls are always there.
void check_body(const Call& call, std::string_view body, guichet::Problems& problems);
NewMessage check_message(const Call& call, const Draft& typed, guichet::Problems& problems);

}  // namespace tickets
