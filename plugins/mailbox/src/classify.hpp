// What kind of message it is: by RFC 3834 and what responders and lists really send (mail.md 3.3), bounces by RFC 3464, 6522, 6533,
// 5965 (ARF), 8098 (MDN) and the formats that servers had before (mail.md 3.4).
#pragma once

#include "message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

enum class Class { human, automatic, list, bounce, loop };
std::string_view name_of(Class c);

struct Bounce {
    enum class Kind { delivery, disposition, complaint };  // DSN or older, MDN, ARF
    Kind kind = Kind::delivery;
    std::string action;           // failed, delayed, delivered, relayed, expanded; displayed, deleted …; the type of feedback. Lower case
    std::string status;           // "5.1.1"; "" when it is not known
    std::string final_recipient;  // address; "" when it is not known
    std::string diagnostic;       // one line
    std::string original_message_id;  // with < >; "" when it was not returned
    std::string return_path;          // the address that the bounce came to and that carries a token; "" when none does
};

struct Verdict {
    Class kind = Class::human;
    std::string why;               // "Auto-Submitted: auto-replied", "from a person"
    bool suppress_answer = false;  // no acknowledgement: always when it is not human, and for weak signals on a human one
    std::string suppress_why;      // the weak signal; "" otherwise
    std::optional<Bounce> bounce;
};

// Who we are, to see our own mails come back.
struct Self {
    std::string instance;                // value of X-Loop in what we send; "" matches nothing
    std::vector<std::string> mailboxes;  // our own addresses
    std::vector<std::string> domains;    // of our Message-IDs
};

Verdict classify(const Message& message, const Self& self = {});

}  // namespace mailbox
