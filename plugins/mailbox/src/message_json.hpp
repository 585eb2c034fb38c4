// A Message as JSON, without the contents of its attachments: those have "bytes" instead.
#pragma once

#include "message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mailbox {

std::string to_json(const Message& message);
// contents: of all attachments, one after the other. nullopt when it does not fit together.
std::optional<Message> from_json(std::string_view json, std::string_view contents);

}  // namespace mailbox
