// A mail server that does what a test tells it to, over real sockets.
#pragma once

#include "plugin/packages.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/ServerSocket.h>

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace host::mail_tests {

// A key and a self-signed certificate for a name.
class Certificate {
public:
    explicit Certificate(const std::string& name) {
        const auto command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=" + name + "' -addext 'subjectAltName=DNS:" + name + "' -keyout " + key() +
                             " -out " + file() + " 2>/dev/null";
        EXPECT_EQ(std::system(command.c_str()), 0);
    }
    std::string file() const { return (folder_.path() / "certificate.pem").string(); }
    std::string key() const { return (folder_.path() / "key.pem").string(); }
    Poco::Net::Context::Ptr context() const {
        Poco::Net::initializeSSL();
        return new Poco::Net::Context{Poco::Net::Context::TLS_SERVER_USE, key(), file(), "", Poco::Net::Context::VERIFY_NONE};
    }

private:
    plugin_tests::TemporaryFolder folder_;
};

class Sink {
public:
    enum class Mode {
        ok,
        busy,               // 421 instead of a greeting
        silent,             // no greeting at all
        transient_rcpt,     // 451 for the recipient
        permanent_rcpt,     // 550
        transient_content,  // 451 after the content
        permanent_content,  // 554
        hang_after_content,
        drop_after_content,
        drop_before_content,
        slow,               // one byte of an endless greeting every 50 ms
        refuse_login,       // 535
    };
    struct Options {
        bool starttls = false;       // offered
        bool tls = false;            // from the start
        bool login = false;          // AUTH PLAIN is offered and wanted
        const Certificate* certificate = nullptr;
    };
    struct Received {
        std::string from, to, content;  // lines end with \r\n, dots are unstuffed
        bool encrypted = false;
    };

    Sink() : Sink{Options{}} {}
    explicit Sink(const Options& options) : options_{options}, listener_{Poco::Net::SocketAddress{"127.0.0.1", 0}, 64} {
        std::signal(SIGPIPE, SIG_IGN);  // as the host does
        acceptor_ = std::thread{[this] { accept(); }};
    }
    ~Sink() {
        stopping_ = true;
        mode_changed_.notify_all();
        acceptor_.join();
        for (auto& socket : sockets_) ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
        for (auto& c : conversations_) c.join();
    }

    std::uint16_t port() const { return listener_.address().port(); }
    std::atomic<Mode> mode{Mode::ok};
    std::function<void(const Received&)> on_content;  // the content is there, the answer is not

    std::vector<Received> received() const {
        const std::lock_guard lock{mutex_};
        return received_;
    }
    std::vector<std::string> commands() const {
        const std::lock_guard lock{mutex_};
        return commands_;
    }
    std::size_t count() const {
        const std::lock_guard lock{mutex_};
        return received_.size();
    }
    std::atomic<int> connections{0};

private:
    using Socket = Poco::Net::DialogSocket;

    void accept() {
        while (!stopping_) {
            if (!listener_.poll(Poco::Timespan{0, 20'000}, Poco::Net::Socket::SELECT_READ)) continue;
            auto socket = listener_.acceptConnection();
            ++connections;
            {
                const std::lock_guard lock{mutex_};
                sockets_.push_back(socket);
            }
            conversations_.emplace_back([this, socket]() mutable {
                try {
                    converse(socket);
                } catch (const Poco::Exception&) {
                    // the client has gone
                }
                ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
            });
        }
    }
    static bool read(Socket& socket, std::string& line) { return socket.receiveMessage(line); }
    void hang() {
        std::unique_lock lock{mutex_};
        mode_changed_.wait(lock, [this] { return stopping_.load(); });
    }
    void dribble(Socket& socket) {
        while (!stopping_) {
            socket.sendBytes("2", 1);
            std::unique_lock lock{mutex_};
            mode_changed_.wait_for(lock, std::chrono::milliseconds{50}, [this] { return stopping_.load(); });
        }
    }
    Socket secure(Poco::Net::StreamSocket& plain) {
        Poco::Net::SecureStreamSocket secured{Poco::Net::SecureStreamSocket::attach(plain, options_.certificate->context())};
        return Socket{secured};
    }
    void converse(Poco::Net::StreamSocket& plain) {
        plain.setReceiveTimeout(Poco::Timespan{20, 0});
        plain.setNoDelay(true);
        bool encrypted = options_.tls;
        Socket socket = options_.tls ? secure(plain) : Socket{plain};
        if (mode == Mode::silent) return hang();
        if (mode == Mode::slow) return dribble(socket);
        if (mode == Mode::busy) return socket.sendMessage("421 too busy");
        socket.sendMessage("220 sink");
        Received mail;
        bool logged_in = !options_.login;
        for (std::string line; read(socket, line);) {
            {
                const std::lock_guard lock{mutex_};
                commands_.push_back(line);
            }
            if (line.starts_with("EHLO")) {
                socket.sendMessage("250-sink");
                if (options_.starttls && !encrypted) socket.sendMessage("250-STARTTLS");
                if (options_.login) socket.sendMessage("250-AUTH PLAIN LOGIN");
                socket.sendMessage("250 8BITMIME");
            } else if (line == "STARTTLS") {
                if (!options_.starttls) {
                    socket.sendMessage("502 what is that?");
                    continue;
                }
                socket.sendMessage("220 go ahead");
                socket = secure(plain);
                encrypted = true;
            } else if (line.starts_with("AUTH PLAIN")) {
                logged_in = mode != Mode::refuse_login;
                socket.sendMessage(logged_in ? "235 welcome" : "535 wrong password");
            } else if (line.starts_with("MAIL FROM:<") && logged_in) {
                mail = {line.substr(11, line.find('>') - 11), {}, {}, encrypted};
                socket.sendMessage("250 ok");
            } else if (line.starts_with("RCPT TO:<") && logged_in) {
                mail.to += (mail.to.empty() ? "" : ",") + line.substr(9, line.find('>') - 9);
                if (mode == Mode::transient_rcpt) socket.sendMessage("451 greylisted");
                else if (mode == Mode::permanent_rcpt) socket.sendMessage("550 no such user");
                else socket.sendMessage("250 ok");
            } else if (line == "DATA" && logged_in) {
                if (mode == Mode::drop_before_content) return;
                socket.sendMessage("354 go ahead");
                while (read(socket, line) && line != ".") mail.content += (line.starts_with('.') ? line.substr(1) : line) + "\r\n";
                if (line != ".") return;
                if (!answer(socket, mail)) return;
            } else if (line == "QUIT") {
                return socket.sendMessage("221 bye");
            } else {
                socket.sendMessage("502 what is that?");
            }
        }
    }
    bool answer(Socket& socket, const Received& mail) {
        if (mode == Mode::transient_content) return socket.sendMessage("451 later"), true;
        if (mode == Mode::permanent_content) return socket.sendMessage("554 \xC3\xA9" "a looks like spam\x01"), true;
        {
            const std::lock_guard lock{mutex_};
            received_.push_back(mail);
        }
        if (on_content) on_content(mail);
        if (mode == Mode::drop_after_content) return false;
        if (mode == Mode::hang_after_content) return hang(), false;
        socket.sendMessage("250 taken");
        return true;
    }

    Options options_;
    Poco::Net::ServerSocket listener_;
    mutable std::mutex mutex_;
    std::condition_variable mode_changed_;
    std::vector<Received> received_;
    std::vector<std::string> commands_;
    std::atomic<bool> stopping_{false};
    std::vector<Poco::Net::StreamSocket> sockets_;
    std::list<std::thread> conversations_;
    std::thread acceptor_;
};

}  // namespace host::mail_tests
