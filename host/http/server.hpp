// Our own connection layer on Poco's sockets: a few threads share one epoll and a thread belongs to a
// request, not to a connection; Boost.Beast parses; we add the framing checks it leaves out
// (security.md R01-R09). See performance.md for why Poco::Net::HTTPServer is not used.
#pragma once

#include "http/message.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace host::http {

// Implemented by host/web. Called on worker threads, concurrently.
class Handler {
public:
    virtual ~Handler() = default;
    // After the header, before the body: how many bytes of body this route takes. Request::body is empty.
    // More is answered 413 before it is read.
    virtual std::size_t max_body_bytes(const Request& request) noexcept = 0;
    // Must answer. What is thrown all the same becomes a bare 500 with the request's id.
    virtual Response handle(Request& request) = 0;
    // 400, 408, 413, 414, 421, 431, 501, 503: refused before handle(); gives the answer its shape (problem+json or a page).
    virtual Response refuse(int status, std::string_view reason, const Request* request_or_null) noexcept = 0;
};

struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 8080;  // 0: any free one, see port()
    int workers = 8;            // at least 2: one always watches the sockets, see admission.hpp
    std::vector<std::string>
        public_hosts;  // Host values answered, with or without ":port"; empty: any loopback name or address. Others: 421 (R04)
    std::size_t max_header_bytes = 32 * 1024;
    std::size_t max_uri_bytes = 8 * 1024;
    std::size_t max_header_fields = 100;
    std::chrono::milliseconds header_timeout{10'000};   // first byte to end of header, then 408 (R08)
    std::chrono::milliseconds idle_timeout{60'000};     // keep-alive
    std::chrono::milliseconds progress_window{30'000};  // of a body, or of a response the client takes
    std::size_t min_body_bytes_per_s = 1024;            // slower than this over a window: closed
    std::size_t max_connections = 4096;
    std::size_t max_queued = 256;  // requests waiting for a worker, then 503
};

class Server {
public:
    Server(ServerOptions options, Handler& handler);  // binds; throws when it cannot
    ~Server();
    void start();
    // Closes the listener and what is idle, lets running requests finish (at most grace), then closes everything. A
    // handler that still runs then is waited for, but nobody reads its answer.
    void stop(std::chrono::milliseconds grace);
    std::uint16_t port() const noexcept;

    struct Stats {
        std::uint64_t requests = 0, refused = 0;
        std::size_t connections = 0, busy_workers = 0;
    };
    Stats stats() const noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace host::http
