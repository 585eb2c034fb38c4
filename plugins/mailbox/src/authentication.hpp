// How far the sender's address can be believed (mail.md 3.9).
#pragma once

#include "message.hpp"

namespace mailbox {

enum class Trust { none = 0, authenticated = 1, token = 2 };  // token: authenticated, and a valid token as well

// Whether DMARC passed, by the word of the server authserv_id (RFC 8601): of its topmost Authentication-Results only, since
// whoever sends a mail may write more of them below. "" believes nobody.
bool dmarc_passed(const Message& message, std::string_view authserv_id);

}  // namespace mailbox
