// winmail.dat, what Outlook sends to people without Outlook (MS-OXTNEF).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailbox {

struct Tnef {
    struct File {
        std::string name;  // as it is written there, UTF-8
        std::string content;
    };
    std::vector<File> files;
    std::string text, html;  // the message, when it is there; in UTF-8
};

// nullopt: it cannot be read.
std::optional<Tnef> read_tnef(const std::string& bytes);

}  // namespace mailbox
