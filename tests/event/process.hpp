// The real program as a child, to be killed.
#pragma once

#include "support/wait.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/StreamCopier.h>

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/wait.h>
#include <unistd.h>

namespace host::event_tests {

// Status of the answer, 0 when there was none.
inline int get(std::uint16_t port, const std::string& path) {
    try {
        Poco::Net::HTTPClientSession session{"127.0.0.1", port};
        session.setTimeout(Poco::Timespan{5, 0});
        Poco::Net::HTTPRequest request{"GET", path, "HTTP/1.1"};
        session.sendRequest(request);
        Poco::Net::HTTPResponse response;
        std::string body;
        Poco::StreamCopier::copyToString(session.receiveResponse(response), body);
        return response.getStatus();
    } catch (const Poco::Exception&) {
        return 0;
    }
}

class Process {
public:
    Process(const std::string& database_url, const std::filesystem::path& packages, const std::filesystem::path& state) : port_{free_port()} {
        pid_ = ::fork();
        if (pid_ == 0) run(database_url, packages, state);
    }
    ~Process() { end(SIGTERM); }
    Process(const Process&) = delete;

    bool ready() const {
        return support::wait_until([this] { return get(port_, "/health/ready") == 200; }, std::chrono::seconds{60});
    }
    void end(int signal) {
        if (pid_ <= 0) return;
        ::kill(pid_, signal);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
    std::uint16_t port() const { return port_; }

private:
    static std::uint16_t free_port() {
        Poco::Net::ServerSocket socket{Poco::Net::SocketAddress{"127.0.0.1", 0}};
        return socket.address().port();
    }
    [[noreturn]] void run(const std::string& database_url, const std::filesystem::path& packages, const std::filesystem::path& state) const {
        const auto set = [](const char* name, const std::string& value) { ::setenv(name, value.c_str(), 1); };
        set("GUICHET_DATABASE_URL", database_url);
        set("GUICHET_LISTEN", "127.0.0.1:" + std::to_string(port_));
        set("GUICHET_STATE", state.string());
        set("GUICHET_PACKAGES", packages.string());
        set("GUICHET_ADMIN_PASSWORD", "un mot de passe long");
        const int log = ::open((state.string() + ".log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        ::dup2(log, STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        ::execl(BUILD_DIR "/guichet", "guichet", "serve", nullptr);
        ::_exit(127);
    }

    std::uint16_t port_;
    pid_t pid_ = -1;
};

}  // namespace host::event_tests
