// What goes over the socket to the parser: 8 bytes with the size of a message, the message. Back: AnswerHead, the JSON of the message (or
// why there is none), the contents of its attachments in their order.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mailbox {

constexpr std::size_t kLargestRaw = 35u << 20;  // mail.md 3.7

struct AnswerHead {
    enum : std::uint64_t { kMessage = 0x4d, kUnreadable = 0x55 };
    std::uint64_t kind;
    std::uint64_t json_size;
    std::uint64_t content_size;
};

}  // namespace mailbox
