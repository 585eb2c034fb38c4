#include "mail/smtp.hpp"

#include "base/strings.hpp"

#include <Poco/Environment.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <sys/socket.h>
#include <thread>

namespace host::mail {
namespace {

using Poco::Net::StreamSocket;

constexpr std::size_t kLongestAnswer = 500;

// What is said of a server's words: they come from outside.
std::string presentable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < kLongestAnswer;) {
        const auto length = base::utf8_sequence_length(text.substr(i));
        const bool control = length <= 1 && static_cast<unsigned char>(text[i]) < 0x20;
        if (length == 0) out += '?';
        else if (control) out += ' ';
        else out += text.substr(i, length);
        i += length == 0 ? 1 : length;
    }
    return out;
}

struct Lost {
    std::string why;
};
struct Refusal {
    int status;
    std::string answer;
};

// Cuts the connection when the time is up: a server that says one byte a second keeps every single wait short.
class Watchdog {
public:
    Watchdog(int fd, const SmtpTimes& times) : thread_{[this, fd, &times] { watch(fd, times); }} {}
    ~Watchdog() {
        {
            const std::lock_guard lock{mutex_};
            over_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }

private:
    void watch(int fd, const SmtpTimes& times) {
        using Clock = std::chrono::steady_clock;
        bool told = false;
        std::unique_lock lock{mutex_};
        for (auto end = Clock::now() + times.total; Clock::now() < end;) {
            if (changed_.wait_until(lock, std::min(end, Clock::now() + std::chrono::seconds{1}), [this] { return over_; })) return;
            if (times.stopping && times.stopping() && !told) {
                told = true;
                end = std::min(end, Clock::now() + times.last);
            }
        }
        ::shutdown(fd, SHUT_RDWR);
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    bool over_ = false;
    std::thread thread_;
};

Poco::Net::Context::Ptr tls_context(const Server& server) {
    [[maybe_unused]] static const bool once = [] {
        Poco::Net::initializeSSL();
        return true;
    }();
    using Poco::Net::Context;
    Context::Ptr context = new Context{Context::TLS_CLIENT_USE, "", "", server.ca_file, Context::VERIFY_STRICT, 9, server.ca_file.empty()};
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    return context;
}

class Session final : private Poco::Net::SMTPClientSession {
public:
    Session(const Server& server, const SmtpTimes& times)
        : SMTPClientSession{connect(server, times)}, server_{server}, watchdog_{socket().impl()->sockfd(), times} {
        setTimeout(to_span(times.step));
    }

    void begin() {
        if (server_.security == Server::Security::tls) secure();
        expect(socket().receiveStatusMessage(answer_), 2);
        hello();
        if (server_.security == Server::Security::starttls) {
            // refused or not known: whatever a man in the middle made of it, nothing goes in the clear
            if (const int status = command("STARTTLS"); status != 220) throw Refusal{status, "STARTTLS: " + answer_};
            secure();
            hello();
        }
        if (!server_.username.empty()) authenticate();
    }

    // 2xx or 3xx, or Refusal.
    void ask(const std::string& text, int expected) { expect(command(text), expected); }

    void write_content(const std::string& mime) {
        std::string out;
        out.reserve(mime.size() + 1024);
        for (std::size_t at = 0; at < mime.size();) {
            const auto end = mime.find("\r\n", at);
            const auto line = std::string_view{mime}.substr(at, end == std::string::npos ? end : end - at);
            if (line.starts_with('.')) out += '.';
            out.append(line).append("\r\n");
            at = end == std::string::npos ? mime.size() : end + 2;
        }
        write(out);
    }
    void end_content() { write(".\r\n"); }
    void expect_answer() { expect(socket().receiveStatusMessage(answer_), 2); }
    void quit() noexcept {
        try {
            setTimeout(Poco::Timespan{1, 0});
            command("QUIT");
        } catch (...) {
            // it has the mail
        }
    }
    const std::string& answer() const { return answer_; }

private:
    static Poco::Timespan to_span(std::chrono::milliseconds time) { return Poco::Timespan{time.count() * 1000}; }

    static StreamSocket connect(const Server& server, const SmtpTimes& times) {
        const Poco::Net::SocketAddress address{server.host, server.port};
        if (server.security == Server::Security::none && !address.host().isLoopback())
            throw Lost{"only a server on this machine may be spoken to without encryption"};
        StreamSocket socket;
        socket.connect(address, to_span(times.step));
        socket.setReceiveTimeout(to_span(times.step));
        socket.setSendTimeout(to_span(times.step));
        socket.setNoDelay(true);  // small commands one after the other
        return socket;
    }

    // What the server sent before is in the old dialogue's buffer and gone with it.
    void secure() {
        Poco::Net::SecureStreamSocket secured = Poco::Net::SecureStreamSocket::attach(socket(), server_.host, tls_context(server_));
        socket() = Poco::Net::DialogSocket{secured};
    }

    void hello() {
        const auto name = Poco::Environment::nodeName();
        if (command("EHLO " + name) / 100 != 2) ask("HELO " + name, 2);
    }

    void authenticate() {
        try {
            if (answer_.find("PLAIN") != std::string::npos) loginUsingPlain(server_.username, server_.password);
            else loginUsingLogin(server_.username, server_.password);
        } catch (const Poco::Net::SMTPException& e) {
            throw Refusal{e.code(), "log in: " + e.displayText()};
        }
    }

    int command(const std::string& text) { return sendCommand(text, answer_); }

    void expect(int status, int expected) {
        if (status < 200) throw Lost{"the connection was closed"};
        if (status / 100 != expected) throw Refusal{status, answer_};
    }

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const int sent = socket().sendBytes(bytes.data(), static_cast<int>(std::min<std::size_t>(bytes.size(), 64 * 1024)));
            if (sent <= 0) throw Lost{"the connection was closed"};
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    const Server& server_;
    std::string answer_;
    Watchdog watchdog_;
};

Outcome refused_or_deferred(const Refusal& r) {
    // 421: the server closes, whatever mail it was
    const auto kind = r.status / 100 == 5 ? Outcome::Kind::refused : r.status == 421 ? Outcome::Kind::unreachable : Outcome::Kind::deferred;
    return {kind, presentable(r.answer), false};
}

// Runs one part of the dialogue; what breaks in it is the outcome given, what the server says no to is what judge makes of it.
template <class Step, class Judge>
std::optional<Outcome> attempt(Outcome::Kind when_lost, Step&& step, Judge&& judge) {
    try {
        step();
        return std::nullopt;
    } catch (const Refusal& r) {
        return judge(r);
    } catch (const Lost& lost) {
        return Outcome{when_lost, lost.why, false};
    } catch (const Poco::Exception& e) {
        return Outcome{when_lost, presentable(e.displayText()), false};
    }
}

}  // namespace

Outcome send(const Server& server, const std::string& from, const std::string& to, const std::string& mime, const SmtpTimes& times,
             const std::function<void()>& before_content_ends) {
    using Kind = Outcome::Kind;
    const auto unreachable = [](const Refusal& r) { return Outcome{Kind::unreachable, presentable(r.answer), false}; };
    std::optional<Session> session;
    const auto open = [&] {
        session.emplace(server, times);
        session->begin();
    };
    if (auto failed = attempt(Kind::unreachable, open, unreachable)) return *failed;
    const auto hand_over = [&] {
        session->ask("MAIL FROM:<" + from + ">", 2);
        session->ask("RCPT TO:<" + to + ">", 2);
        session->ask("DATA", 3);
        session->write_content(mime);
    };
    if (auto failed = attempt(Kind::unreachable, hand_over, refused_or_deferred)) return *failed;
    before_content_ends();
    const auto finish = [&] {
        session->end_content();
        session->expect_answer();
    };
    if (auto failed = attempt(Kind::ambiguous, finish, refused_or_deferred)) {
        failed->after_content = failed->kind != Kind::ambiguous;
        return *failed;
    }
    Outcome done{Kind::sent, presentable(session->answer()), true};
    session->quit();
    return done;
}

}  // namespace host::mail
