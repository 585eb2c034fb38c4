// One client: its socket, the request being read or answered, and by when it has to go on. Never waits:
// every step does what is possible at once and says what it needs next.
#pragma once

#include "http/file_descriptor.hpp"
#include "http/head_scanner.hpp"
#include "http/request_parser.hpp"
#include "http/server_context.hpp"

#include <chrono>

namespace host::http {

class Connection {
public:
    using Clock = std::chrono::steady_clock;
    enum class Next {
        read,    // call proceed() when the socket can be read
        write,   // call proceed() when the socket can be written
        handle,  // request() is complete: call handle() or refuse()
        close,   // done: destroy it
    };

    Connection(FileDescriptor socket, std::string peer_ip, ServerContext& server);

    // One thread at a time has a connection: the one that made it, then each that epoll reports it to. What it has done
    // is seen by the next; epoll alone promises that only in practice. let_go() is the last thing done with a connection.
    void take() noexcept;
    void let_go() noexcept;

    // By the thread that has it.
    Next proceed() noexcept;
    Next handle() noexcept;
    Next refuse(int status, std::string_view reason) noexcept;
    const Request& request() const noexcept { return request_; }
    int fd() const noexcept { return socket_.get(); }

    // Any thread, beside the one that has it. They shut the socket down, which makes it readable or writable for epoll.
    void enforce_deadline(Clock::time_point now) noexcept;
    void stop_reading() noexcept;
    void cut() noexcept;

private:
    enum class Phase { idle, head, body, handling, writing, lingering };
    enum class OnTime { stop_reading, cut };

    Next receive();
    Next advance();
    Next at_end_of_input();
    bool read_request();
    bool nothing_begun() const;
    bool read_head();
    void begin_body();
    Next wait_for_input();
    Next send_refusal(int status, std::string_view reason);
    Next send(Response response);
    Next flush();
    Next finish_response();
    Next linger();
    Next drain();
    void set_deadline(Clock::duration from_now, OnTime action);
    void clear_deadline() noexcept;
    void expect_progress(std::size_t transferred, OnTime action);

    FileDescriptor socket_;
    const std::string peer_ip_;
    ServerContext& server_;

    Phase phase_ = Phase::idle;
    std::string in_;
    HeadScanner scanner_;
    RequestParser parser_;
    Request request_;
    bool head_is_parsed_ = false;
    std::size_t body_received_ = 0;

    std::string out_head_;
    std::string out_body_;
    std::size_t sent_ = 0;
    bool close_after_ = false;

    bool progress_expected_ = false;
    std::size_t progress_start_ = 0;
    std::atomic<std::int64_t> deadline_{0};  // 0: none; steady nanoseconds, the lowest bit says cut
    std::atomic<bool> expired_{false};
    std::atomic<bool> taken_{true};
};

}  // namespace host::http
