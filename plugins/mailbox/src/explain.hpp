// What a message in a file would be taken for, as one JSON object on a line.
#pragma once

#include "classify.hpp"
#include "parse.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace mailbox {

// What is known with mailboxes and tickets at hand.
struct Decision {
    std::optional<Verdict> verdict;  // none: nothing could be decided, and why
    std::int64_t ticket = 0;         // 0: a new one
    std::int64_t hint = 0;           // ticket that it names without being let in; 0: none
    std::string why;
};
using Decide = std::function<Decision(const Message&)>;

struct Explained {
    std::string line;  // file, class, why, thread, sender, recipients, subject, text, quote, attachments, warnings and more
    bool readable = false;
};
// Never throws for what is in the file, or when there is none.
Explained explain_file(Parser& parser, const std::string& file, const Decide& decide);

}  // namespace mailbox
