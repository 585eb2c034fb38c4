// Hands one mail to one server, and says what became of it. No transaction is open meanwhile. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace host::mail {

struct Server {
    std::string host;
    std::uint16_t port = 25;
    enum class Security { starttls, tls, none } security = Security::starttls;  // none: loopback only
    std::string username, password;
    std::string ca_file;  // certificates to trust instead of the system's
};

struct Outcome {
    enum class Kind {
        sent,         // 2xx after the content
        refused,      // 5xx for this mail: trying again will not help
        deferred,     // 4xx for this mail
        unreachable,  // nothing was handed over: no connection, no TLS, no log in, not a mail server
        ambiguous     // the connection was lost after the content and before the answer: it may have been delivered
    } kind = Kind::unreachable;
    std::string answer;          // of the server, or what went wrong; valid UTF-8
    bool after_content = false;  // refused or deferred when the whole content had been handed over
};

struct SmtpTimes {
    std::chrono::milliseconds step{30'000};   // for a server to say something
    std::chrono::milliseconds total{300'000}; // for the whole mail; then the connection is cut
    std::chrono::milliseconds last{10'000};   // what is left of it once stopping() says so
    std::function<bool()> stopping{};
};

// before_content_ends is called when everything but the final dot is on its way: from here on the outcome can be ambiguous.
// What it throws ends the attempt before the final dot, and is thrown.
Outcome send(const Server& server, const std::string& from, const std::string& to, const std::string& mime, const SmtpTimes& times,
             const std::function<void()>& before_content_ends);

}  // namespace host::mail
