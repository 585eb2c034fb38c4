// Splits a text into what was written now, what it quotes, and the signature (mail.md 3.6). Only for display: the complete text is
// kept. Line based, in linear time.
#pragma once

#include "message.hpp"

#include <string>
#include <string_view>

namespace mailbox {

struct Parts {
    std::string text;       // never empty when the message has any text
    std::string quote;      // with its introduction, "Le … a écrit :"; "" when none
    std::string signature;  // with its "-- "; "" when none
};

Parts split_text(std::string_view text);
// Takes the plain text, or the HTML's when there is none or only the HTML says where the quote is.
Parts split(const Message& message);

}  // namespace mailbox
