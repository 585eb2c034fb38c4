// Bounces, receipts and complaints (mail.md 3.4).
#pragma once

#include "classify.hpp"

#include <optional>
#include <string>

namespace mailbox {

struct FoundBounce {
    Bounce bounce;
    std::string why;
};

// nullopt: it is none. A person who sends on what came back to him is none.
std::optional<FoundBounce> read_bounce(const Message& message);

bool is_multipart_report(const Message& message);
bool is_empty_path(const Message& message);  // an empty envelope sender

}  // namespace mailbox
