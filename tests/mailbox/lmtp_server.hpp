// Starts "guichet mail lmtp" for each connection to a free port of the loopback, as systemd does for a socket with Accept=yes.
#pragma once

#include "mailbox/desk_of_mail.hpp"

#include <Poco/Net/DialogSocket.h>

#include <fcntl.h>
#include <poll.h>

namespace mailbox_test {

class LmtpServer {
public:
    LmtpServer(const Desk& desk, const Modules& modules)
        : database_{desk.app->config().database_url}, state_{desk.state.string()}, packages_{modules.packages().front().string()} {
        acceptor_ = std::thread{[this] { accept(); }};
    }
    ~LmtpServer() {
        stopping_ = true;
        acceptor_.join();
        for (const auto pid : children_) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, nullptr, 0);
        }
    }
    std::uint16_t port() const { return listener_.address().port(); }

private:
    void accept() {
        while (!stopping_) {
            if (!listener_.poll(Poco::Timespan{0, 50'000}, Poco::Net::Socket::SELECT_READ)) continue;
            const auto socket = listener_.acceptConnection();
            if (const auto pid = ::fork(); pid == 0) run(socket.impl()->sockfd());
            else children_.push_back(pid);
        }
    }
    [[noreturn]] void run(int socket) const {
        const auto log = state_ + "/lmtp.log";
        ::dup2(socket, STDIN_FILENO);
        ::dup2(socket, STDOUT_FILENO);
        ::dup2(::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
        ::close_range(3, ~0u, 0);
        const auto database = "GUICHET_DATABASE_URL=" + database_, state = "GUICHET_STATE=" + state_,
                   packages = "GUICHET_PACKAGES=" + packages_;
        const char* const environment[] = {database.c_str(), state.c_str(), packages.c_str(), nullptr};
        const char* const arguments[] = {"guichet", "mail", "lmtp", nullptr};
        ::execve(BUILD_DIR "/guichet", const_cast<char* const*>(arguments), const_cast<char* const*>(environment));
        ::_exit(127);
    }

    std::string database_, state_, packages_;
    Poco::Net::ServerSocket listener_{Poco::Net::SocketAddress{"127.0.0.1", 0}};
    std::vector<pid_t> children_;
    std::atomic<bool> stopping_{false};
    std::thread acceptor_;
};

}  // namespace mailbox_test
