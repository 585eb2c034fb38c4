// A client that sends exactly the bytes it is told to, and a server with a small handler to talk to.
#pragma once

#include "http/server.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>

namespace test {

using host::http::Request;
using host::http::Response;
using host::http::ServerOptions;

struct Reply {
    int status = 0;                                   // 0: the connection ended without one
    std::multimap<std::string, std::string> headers;  // names in lower case
    std::string body;

    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? "" : found->second;
    }
};

class Client {
public:
    Client() : fd_{::socket(AF_INET, SOCK_STREAM, 0)} {}
    explicit Client(std::uint16_t port, int receive_buffer = 0) : Client{} { connect(port, receive_buffer); }
    Client(const Client&) = delete;
    Client(Client&& other) noexcept : fd_{std::exchange(other.fd_, -1)}, in_{std::move(other.in_)} {}
    Client& operator=(Client&&) = delete;
    ~Client() {
        if (fd_ >= 0) ::close(fd_);
    }

    void connect(std::uint16_t port, int receive_buffer = 0) const {
        if (receive_buffer) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        const int at_once = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        timeval limit{30, 0};  // only against a test that would never end
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) throw std::runtime_error{"cannot connect"};
    }

    // False when the server has closed.
    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }
    void finish_sending() const { ::shutdown(fd_, SHUT_WR); }

    Reply read(bool without_body = false) {
        Reply reply;
        std::size_t end = std::string::npos;
        while ((end = in_.find("\r\n\r\n")) == std::string::npos)
            if (!receive()) return reply;
        const std::string head = in_.substr(0, end + 2);
        in_.erase(0, end + 4);
        for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
            const std::size_t line_end = head.find("\r\n", at);
            const std::size_t colon = head.find(": ", at);
            std::string name = head.substr(at, colon - at);
            for (char& c : name) c = static_cast<char>(std::tolower(c));
            reply.headers.emplace(name, head.substr(colon + 2, line_end - colon - 2));
            at = line_end + 2;
        }
        const std::string length = reply.header("content-length");
        const std::size_t size = without_body || length.empty() ? 0 : std::stoul(length);
        while (in_.size() < size)
            if (!receive()) return reply;
        reply.body = in_.substr(0, size);
        in_.erase(0, size);
        reply.status = std::stoi(head.substr(9, 3));
        return reply;
    }
    Reply ask(std::string_view bytes) {
        send(bytes);
        return read();
    }
    Reply get(const std::string& target) { return ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n"); }

    // Everything up to the end of the connection; fails the test when that does not come.
    std::string read_to_end() {
        while (receive()) {
        }
        EXPECT_TRUE(ended_) << "the server has not closed the connection";
        return std::exchange(in_, {});
    }
    bool receive() {
        char buffer[16384];
        const ssize_t n = ::recv(fd_, buffer, sizeof buffer, 0);
        if (n > 0) in_.append(buffer, static_cast<std::size_t>(n));
        ended_ = n == 0 || (n < 0 && errno == ECONNRESET);
        return n > 0;
    }
    bool readable_now() const {
        pollfd poll_fd{fd_, POLLIN, 0};
        return ::poll(&poll_fd, 1, 0) == 1;
    }

private:
    int fd_;
    std::string in_;
    bool ended_ = false;
};

// Answers with what it understood, one part per line; some paths behave in their own way.
class EchoHandler : public host::http::Handler {
public:
    std::size_t max_body_bytes(const Request& request) noexcept override { return request.path == "/small" ? 10 : 1 << 20; }

    Response handle(Request& request) override {
        ++calls;
        Response response;
        response.set("Content-Type", "text/plain");
        if (request.path == "/throw") throw std::runtime_error{"secret of the handler"};
        if (request.path == "/throw-int") throw 42;
        if (request.path == "/forged") response.headers.emplace_back("X-Note", "a\r\nSet-Cookie: forged=1");
        if (request.path == "/framing") response.headers.emplace_back("Content-Length", "3");
        if (request.path == "/close") response.close = true;
        if (request.path == "/empty") response.status = 204;
        if (request.path == "/block") wait_for_release();
        if (request.path == "/big") response.body.assign(big_bytes, 'x');
        else response.body = describe(request);
        return response;
    }

    Response refuse(int status, std::string_view reason, const Request* request) noexcept override {
        Response response;
        response.status = status;
        response.set("Content-Type", "text/plain");
        response.body = std::to_string(status) + " " + std::string{reason} + (request ? " " + request->id : "");
        return response;
    }

    static std::string describe(const Request& request) {
        std::string text = request.method + "\n" + request.path + "\n";
        for (const auto& [name, value] : request.query) text += name + "=" + value + "\n";
        for (const auto& [name, value] : request.headers) text += name + ": " + value + "\n";
        return text + "\n" + request.body;
    }

    void wait_for_release() {
        std::unique_lock lock{mutex_};
        ++blocked_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return released_; });
        --blocked_;
    }
    void wait_until_blocked(int count) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return blocked_ == count; });
    }
    void release() {
        const std::lock_guard lock{mutex_};
        released_ = true;
        changed_.notify_all();
    }

    std::atomic<int> calls{0};
    std::size_t big_bytes = 32u << 20;

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int blocked_ = 0;
    bool released_ = false;
};

inline ServerOptions options() {
    ServerOptions values;
    values.port = 0;
    values.workers = 4;
    return values;
}

struct RunningServer {
    explicit RunningServer(ServerOptions values = options()) : server{std::move(values), handler} { server.start(); }
    ~RunningServer() {
        handler.release();
        server.stop(std::chrono::seconds{5});
    }
    Client connect() const { return Client{server.port()}; }

    // A request that has to be refused: the status of the answer, which must be the only one and the last.
    int refused(std::string_view bytes, bool end_of_input = false) {
        const int calls = handler.calls;
        Client client = connect();
        client.send(bytes);
        if (end_of_input) client.finish_sending();
        const Reply reply = client.read();
        EXPECT_EQ(reply.header("connection"), "close");
        EXPECT_EQ(client.read_to_end(), "");
        EXPECT_EQ(handler.calls, calls) << "the handler was called";
        return reply.status;
    }

    EchoHandler handler;
    host::http::Server server;
};

// Many connections at once need no more than waiting for what the server counts.
template <class Condition>
void wait_for(const Condition& condition) {
    while (!condition()) ::usleep(1000);
}

}  // namespace test
