// From bytes to a Message (mail.md 3.5 to 3.7). Runs in the child.
#pragma once

#include "message.hpp"

#include <stdexcept>
#include <string>

namespace mailbox {

// A limit that the message exceeds, in words.
class TooMuch : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// careful: after a message has broken the process. HTML and winmail.dat are kept as files then.
enum class Effort { full, careful };

// Once per process, before anything is read: what needs files of the system.
void prepare_reading();
Message read_message(const std::string& raw, Effort effort);

}  // namespace mailbox
