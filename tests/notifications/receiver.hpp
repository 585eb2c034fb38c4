// What a webhook calls, in several moods.
#pragma once

#include "mail/sink.hpp"

#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <atomic>
#include <list>
#include <mutex>
#include <thread>

namespace notifications_test {

class Receiver {
public:
    enum class Mood { fine, fails, redirects, hangs, drips, drops, talks };
    struct Request {
        std::string line, body;
        std::map<std::string, std::string> headers;
    };

    explicit Receiver(const host::mail_tests::Certificate* certificate = nullptr)
        : certificate_{certificate}, listener_{Poco::Net::SocketAddress{"127.0.0.1", 0}, 64}, acceptor_{[this] { accept(); }} {}
    ~Receiver() {
        stopping_ = true;
        acceptor_.join();
        for (auto& socket : sockets_) ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
        for (auto& thread : threads_) thread.join();
    }

    std::uint16_t port() const { return listener_.address().port(); }
    std::string url(const std::string& path = "/hook") const {
        return (certificate_ ? "https://localhost:" : "http://127.0.0.1:") + std::to_string(port()) + path;
    }
    std::vector<Request> requests() const {
        const std::lock_guard lock{mutex_};
        return requests_;
    }
    std::atomic<Mood> mood{Mood::fine};
    std::atomic<int> connections{0};

private:
    void accept() {
        while (!stopping_) {
            if (!listener_.poll(Poco::Timespan{0, 20'000}, Poco::Net::Socket::SELECT_READ)) continue;
            auto socket = listener_.acceptConnection();
            ++connections;
            sockets_.push_back(socket);
            threads_.emplace_back([this, socket]() mutable {
                try {
                    converse(socket);
                } catch (const Poco::Exception&) {
                    // the client has gone
                }
            });
        }
    }
    void converse(Poco::Net::StreamSocket socket) {
        if (certificate_) socket = Poco::Net::SecureStreamSocket::attach(socket, certificate_->context());
        const auto request = read(socket);
        {
            const std::lock_guard lock{mutex_};
            requests_.push_back(request);
        }
        const auto say = [&](const std::string& text) { socket.sendBytes(text.data(), static_cast<int>(text.size())); };
        switch (mood.load()) {
            case Mood::fine:
                return say("HTTP/1.1 204 No Content\r\n\r\n");
            case Mood::fails:
                return say("HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n");
            case Mood::redirects:
                return say("HTTP/1.1 302 There\r\nLocation: " + url("/elsewhere") + "\r\nContent-Length: 0\r\n\r\n");
            case Mood::drops:
                return socket.shutdown();
            case Mood::talks:
                say("HTTP/1.1 200 OK\r\n\r\n");
                for (const std::string block(1 << 16, 'x'); !stopping_;) say(block);
                return;
            case Mood::hangs:
            case Mood::drips:
                while (!stopping_) {
                    if (mood == Mood::drips) say("H");
                    std::this_thread::sleep_for(std::chrono::milliseconds{100});
                }
        }
    }
    static Request read(Poco::Net::StreamSocket& socket) {
        std::string all;
        char buffer[4096];
        const auto more = [&] {
            const int n = socket.receiveBytes(buffer, sizeof buffer);
            if (n <= 0) throw Poco::IOException{"closed"};
            all.append(buffer, static_cast<std::size_t>(n));
        };
        while (all.find("\r\n\r\n") == std::string::npos) more();
        Request out;
        const auto end = all.find("\r\n\r\n");
        std::istringstream head{all.substr(0, end)};
        std::getline(head, out.line);
        for (std::string line; std::getline(head, line);) {
            const auto colon = line.find(": ");
            out.headers[line.substr(0, colon)] =
                line.substr(colon + 2, line.find('\r') == std::string::npos ? std::string::npos : line.size() - colon - 3);
        }
        const auto length = static_cast<std::size_t>(std::stoul(out.headers.at("Content-Length")));
        while (all.size() < end + 4 + length) more();
        out.body = all.substr(end + 4, length);
        return out;
    }

    const host::mail_tests::Certificate* certificate_;
    Poco::Net::ServerSocket listener_;
    mutable std::mutex mutex_;
    std::vector<Request> requests_;
    std::atomic<bool> stopping_{false};
    std::vector<Poco::Net::StreamSocket> sockets_;
    std::list<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace notifications_test
