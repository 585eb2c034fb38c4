// What an agent should know before he believes a mail, in his language.
#pragma once

#include <guichet/sdk/plugin.hpp>

namespace mailbox {

// Why a mail became what it did: inbound_mail.why, "TEXT" or "TEXT with %1\tARGUMENT".
std::string described_reason(guichet::Ctx ctx, std::string_view stored);

// stored: array of what is in inbound_mail.warnings: "unverified", "several_senders", "reply_to ADDRESS", "cut", "files_lost N",
// or words of the parser, which stay as they are. Array of texts.
guichet::Value described_warnings(guichet::Ctx ctx, guichet::Value stored);

}  // namespace mailbox
