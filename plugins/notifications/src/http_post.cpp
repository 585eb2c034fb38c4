#include "http_post.hpp"

#include "watchdog.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureStreamSocket.h>

namespace notifications {
namespace {

using Poco::Net::StreamSocket;

constexpr std::chrono::seconds kLongest{5};

Poco::Net::Context::Ptr tls_context(const std::string& ca_file) {
    [[maybe_unused]] static const bool once = [] {
        Poco::Net::initializeSSL();
        return true;
    }();
    using Poco::Net::Context;
    Context::Ptr context = new Context{Context::TLS_CLIENT_USE, "", "", ca_file, Context::VERIFY_STRICT, 9, ca_file.empty()};
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    return context;
}

// The head of the answer is small: Poco refuses more than 100 fields, and long ones.
int exchange(StreamSocket& socket, const guichet::OutgoingUrl& url, const std::map<std::string, std::string>& headers,
             const std::string& body) {
    Poco::Net::HTTPClientSession session{socket};
    Poco::Net::HTTPRequest request{"POST", url.target, "HTTP/1.1"};
    request.set("Host", url.authority());
    for (const auto& [name, value] : headers) request.set(name, value);
    request.setContentLength64(static_cast<Poco::Int64>(body.size()));
    session.sendRequest(request) << body << std::flush;
    Poco::Net::HTTPResponse response;
    session.receiveResponse(response);
    return response.getStatus();
}

}  // namespace

HttpAnswer http_post(const guichet::OutgoingUrl& url, const std::string& address, const std::map<std::string, std::string>& headers,
                     const std::string& body, const std::string& ca_file) {
    const auto begin = std::chrono::steady_clock::now();
    HttpAnswer answer;
    try {
        StreamSocket socket;
        socket.connect(Poco::Net::SocketAddress{address, url.port}, Poco::Timespan{kLongest.count(), 0});
        const Watchdog watchdog{socket.impl()->sockfd(), begin + kLongest};
        // the name is the URL's, so is the certificate; the address stays the one that was checked
        if (url.tls) socket = Poco::Net::SecureStreamSocket::attach(socket, url.host, tls_context(ca_file));
        answer.status = exchange(socket, url, headers, body);
    } catch (const Poco::TimeoutException&) {
        answer.error = "no answer in time";
    } catch (const Poco::Exception& e) {
        answer.error = e.displayText();
    }
    const auto took = std::chrono::steady_clock::now() - begin;
    answer.duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
    if (answer.status == 0 && took >= kLongest) answer.error = "no answer in time";
    return answer;
}

}  // namespace notifications
