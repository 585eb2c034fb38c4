// What a server on the other side said: it may be anything.
#pragma once

#include <string>
#include <string_view>

namespace mailbox {

// Valid UTF-8 on one line, at most 300 bytes; what is neither becomes "?".
std::string presentable(std::string_view from_outside);

}  // namespace mailbox
