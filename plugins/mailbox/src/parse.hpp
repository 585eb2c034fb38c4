// Reads messages in a child process (mail.md 3.1, 3.7): what a hostile message breaks is not the host. The child keeps itself to 10 s
// of processor time and 512 MiB for each message, without network, files and other processes.
#pragma once

#include "message.hpp"

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

namespace mailbox {

// Why a message was not read: a limit that it exceeds, or what happened to the child. English, for the log, the quarantine and agents.
struct Unreadable {
    std::string why;
    bool is_final = false;  // the message is at fault: another attempt says the same
};
using Parsed = std::variant<Message, Unreadable>;

// One child for many messages, started by the first and started again when it died. Not for several threads at once.
class Parser {
public:
    // package: folder of the plugin's package (Ctx::package_folder()).
    explicit Parser(const std::filesystem::path& package, std::chrono::milliseconds wall_limit = std::chrono::seconds{30});
    ~Parser();
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    Parsed parse(std::string_view raw);
    pid_t child() const noexcept { return pid_; }  // -1 while there is none

private:
    Parsed ask(std::string_view raw);
    bool start();
    void stop();
    bool send(std::string_view raw, std::chrono::steady_clock::time_point deadline);
    bool receive(char* to, std::size_t size, std::chrono::steady_clock::time_point deadline);
    bool ended();
    Unreadable give_up();

    std::filesystem::path program_;
    std::chrono::milliseconds wall_limit_;
    pid_t pid_ = -1;
    int socket_ = -1;
    std::string problem_;
    bool ended_ = false;  // the child did, by itself
};

}  // namespace mailbox
