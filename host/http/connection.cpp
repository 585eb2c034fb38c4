#include "http/connection.hpp"

#include "base/log.hpp"
#include "http/field_syntax.hpp"
#include "http/head_rules.hpp"
#include "http/refusal.hpp"
#include "http/response_head.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <thread>

namespace host::http {
namespace {

constexpr std::chrono::seconds kLingerTime{5};
constexpr int kReadsInARow = 16;     // then others get a turn
constexpr std::int64_t kCutBit = 1;  // in Connection::deadline_
constexpr std::size_t kKeptBufferBytes = 16 * 1024;

// Shared by the connections a thread serves: an idle connection keeps no buffer.
thread_local std::array<char, 64 * 1024> t_scratch;

enum class Received { some, nothing, end, failed };

Received receive_some(int fd, std::size_t& size) {
    for (;;) {
        const ssize_t n = ::recv(fd, t_scratch.data(), t_scratch.size(), MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno == EAGAIN ? Received::nothing : Received::failed;
        size = static_cast<std::size_t>(n);
        return n == 0 ? Received::end : Received::some;
    }
}

// The part of [first, second] that comes after offset bytes.
std::array<iovec, 2> parts_after(std::string& first, std::string& second, std::size_t offset) {
    const std::size_t in_first = std::min(offset, first.size());
    const std::size_t in_second = offset - in_first;
    return {iovec{first.data() + in_first, first.size() - in_first}, iovec{second.data() + in_second, second.size() - in_second}};
}

// Bytes of line ends before the request: some clients send one after a form.
std::size_t empty_lines(std::string_view text) {
    std::size_t size = 0;
    while (text.substr(size).starts_with("\r\n")) size += 2;
    return size;
}

void set_default(Response& response, std::string_view name, std::string_view value) {
    const auto is_it = [&](const auto& field) { return same_ignoring_case(field.first, name); };
    if (std::ranges::none_of(response.headers, is_it)) response.add(name, value);
}

Response bare_error(std::string_view request_id) {
    Response response;
    response.status = 500;
    response.set("Content-Type", "text/plain; charset=utf-8");
    response.body.append("Internal Server Error\n").append(request_id).append("\n");
    return response;
}

// Nothing may be thrown past a step: the thread that runs it serves everybody.
template <class Step>
Connection::Next guarded(const Step& step) noexcept {
    try {
        return step();
    } catch (const std::exception& error) {
        base::log(base::Level::error, "connection dropped", {{"error", error.what()}});
        return Connection::Next::close;
    }
}

}  // namespace

Connection::Connection(FileDescriptor socket, std::string peer_ip, ServerContext& server)
    : socket_{std::move(socket)},
      peer_ip_{std::move(peer_ip)},
      server_{server},
      scanner_{{server.options.max_header_bytes, server.options.max_uri_bytes, server.options.max_header_fields}} {
    set_deadline(server_.options.idle_timeout, OnTime::stop_reading);
}

// It can be taken only while the thread before returns from epoll_ctl: too short to sleep for.
void Connection::take() noexcept {
    while (taken_.exchange(true, std::memory_order_acquire)) std::this_thread::yield();
}

void Connection::let_go() noexcept { taken_.store(false, std::memory_order_release); }

Connection::Next Connection::proceed() noexcept {
    return guarded([&] {
        if (phase_ == Phase::writing) return flush();
        if (phase_ == Phase::lingering) return drain();
        return receive();
    });
}

Connection::Next Connection::receive() {
    for (int reads = 1;; ++reads) {
        std::size_t size = 0;
        switch (receive_some(fd(), size)) {
            case Received::nothing:
                return wait_for_input();
            case Received::end:
                return at_end_of_input();
            case Received::failed:
                return Next::close;
            case Received::some:
                break;
        }
        in_.append(t_scratch.data(), size);
        if (phase_ == Phase::body) body_received_ += size;
        const Next next = advance();
        const bool drained = size < t_scratch.size();
        if (next != Next::read || drained || reads == kReadsInARow) return next;
    }
}

Connection::Next Connection::at_end_of_input() {
    if (phase_ == Phase::idle || server_.stopping) return Next::close;
    if (expired_) return send_refusal(408, "the request did not arrive in time");
    return send_refusal(400, "the request is cut off");
}

// What the bytes at hand allow.
Connection::Next Connection::advance() {
    try {
        if (!read_request()) return wait_for_input();
    } catch (const Refusal& refusal) {
        return send_refusal(refusal.status(), refusal.what());
    }
    phase_ = Phase::handling;
    clear_deadline();
    return Next::handle;
}

bool Connection::read_request() {
    if (phase_ == Phase::idle) {
        in_.erase(0, empty_lines(in_));
        if (nothing_begun()) return false;
    }
    if (phase_ != Phase::body && !read_head()) return false;
    if (!parser_.done()) in_.erase(0, parser_.parse_body(in_));
    return parser_.done();
}

bool Connection::nothing_begun() const { return in_.empty() || in_ == "\r"; }

bool Connection::read_head() {
    const std::size_t size = scanner_.scan(in_);
    if (size == 0) return false;
    request_.id = server_.ids.next();
    request_.peer_ip = peer_ip_;
    parser_.parse_head(std::string_view{in_}.substr(0, size), request_);
    head_is_parsed_ = true;
    check_head(request_, parser_.http_1_0(), server_.hosts);
    in_.erase(0, size);
    phase_ = Phase::body;
    if (!parser_.done()) begin_body();
    return true;
}

void Connection::begin_body() {
    parser_.limit_body(server_.handler.max_body_bytes(request_));
    progress_expected_ = false;
    const bool waits = in_.empty() && !parser_.http_1_0() && same_ignoring_case(request_.header("expect").value_or(""), "100-continue");
    if (!waits) return;
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    // The last response has left, so there is room; a client that gets none of it sends the body all the same.
    static_cast<void>(::send(fd(), kContinue.data(), kContinue.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
}

Connection::Next Connection::wait_for_input() {
    if (phase_ == Phase::body) {
        expect_progress(body_received_, OnTime::stop_reading);
    } else if (phase_ == Phase::idle && nothing_begun()) {
        set_deadline(server_.options.idle_timeout, OnTime::stop_reading);
    } else if (phase_ == Phase::idle) {
        phase_ = Phase::head;
        set_deadline(server_.options.header_timeout, OnTime::stop_reading);
    }
    return Next::read;
}

Connection::Next Connection::handle() noexcept {
    return guarded([&] {
        server_.requests.fetch_add(1, std::memory_order_relaxed);
        try {
            return send(server_.handler.handle(request_));
        } catch (const std::exception& error) {
            base::log(base::Level::error, "request failed", {{"request", request_.id}, {"error", error.what()}});
        } catch (...) {
            base::log(base::Level::error, "request failed", {{"request", request_.id}, {"error", "unknown exception"}});
        }
        return send_refusal(500, "internal error");
    });
}

Connection::Next Connection::refuse(int status, std::string_view reason) noexcept {
    return guarded([&] { return send_refusal(status, reason); });
}

Connection::Next Connection::send_refusal(int status, std::string_view reason) {
    server_.refused.fetch_add(1, std::memory_order_relaxed);
    Response response = server_.handler.refuse(status, reason, head_is_parsed_ ? &request_ : nullptr);
    if (status == 405 || status == 501) set_default(response, "Allow", kMethods);
    if (status == 503) set_default(response, "Retry-After", "1");
    response.close = true;
    return send(std::move(response));
}

Connection::Next Connection::send(Response response) {
    close_after_ = response.close || server_.stopping || !parser_.keep_alive();
    const ResponseHead head{.keep_alive = !close_after_, .http_1_0 = head_is_parsed_ && parser_.http_1_0()};
    try {
        write_head(out_head_, response, head);
    } catch (const std::invalid_argument& error) {
        base::log(base::Level::error, "response not fit to be sent", {{"request", request_.id}, {"error", error.what()}});
        response = bare_error(request_.id);
        write_head(out_head_, response, head);
    }
    if (request_.method == "HEAD" || !has_body(response.status)) response.body.clear();
    out_body_ = std::move(response.body);
    sent_ = 0;
    phase_ = Phase::writing;
    progress_expected_ = false;
    return flush();
}

Connection::Next Connection::flush() {
    while (sent_ < out_head_.size() + out_body_.size()) {
        auto parts = parts_after(out_head_, out_body_, sent_);
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        const ssize_t n = ::sendmsg(fd(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno != EAGAIN) return Next::close;
        if (n < 0) {
            expect_progress(sent_, OnTime::cut);
            return Next::write;
        }
        sent_ += static_cast<std::size_t>(n);
    }
    return finish_response();
}

Connection::Next Connection::finish_response() {
    out_body_ = {};
    if (close_after_) return linger();
    if (in_.empty() && in_.capacity() > kKeptBufferBytes) in_ = {};
    request_ = {};
    head_is_parsed_ = false;
    body_received_ = 0;
    scanner_.reset();
    phase_ = Phase::idle;
    return advance();
}

// Closing with unread input makes the kernel reset the connection, and the client may lose the answer:
// say that nothing more comes, then read until the client has closed too.
Connection::Next Connection::linger() {
    in_ = {};
    request_ = {};
    phase_ = Phase::lingering;
    ::shutdown(fd(), SHUT_WR);
    set_deadline(kLingerTime, OnTime::cut);
    return drain();
}

Connection::Next Connection::drain() {
    for (int reads = 0; reads < kReadsInARow; ++reads) {
        std::size_t size = 0;
        const Received received = receive_some(fd(), size);
        if (received == Received::nothing) break;
        if (received != Received::some) return Next::close;
    }
    return Next::read;
}

void Connection::set_deadline(Clock::duration from_now, OnTime action) {
    const auto at = std::chrono::duration_cast<std::chrono::nanoseconds>((Clock::now() + from_now).time_since_epoch()).count();
    deadline_ = action == OnTime::cut ? at | kCutBit : at & ~kCutBit;
}

void Connection::clear_deadline() noexcept { deadline_ = 0; }

// Each window has to move its share, in whichever direction; only who keeps moving gets another one.
void Connection::expect_progress(std::size_t transferred, OnTime action) {
    const auto& options = server_.options;
    const auto window_s = std::chrono::duration<double>{options.progress_window}.count();
    const auto share = static_cast<std::size_t>(window_s * static_cast<double>(options.min_body_bytes_per_s));
    if (progress_expected_ && transferred - progress_start_ < share) return;
    progress_expected_ = true;
    progress_start_ = transferred;
    set_deadline(options.progress_window, action);
}

void Connection::enforce_deadline(Clock::time_point now) noexcept {
    std::int64_t deadline = deadline_;
    if (deadline == 0 || now.time_since_epoch() < std::chrono::nanoseconds{deadline}) return;
    if (!deadline_.compare_exchange_strong(deadline, 0)) return;  // the connection went on meanwhile
    expired_ = true;
    ::shutdown(fd(), (deadline & kCutBit) != 0 ? SHUT_RDWR : SHUT_RD);
}

void Connection::stop_reading() noexcept { ::shutdown(fd(), SHUT_RD); }

void Connection::cut() noexcept { ::shutdown(fd(), SHUT_RDWR); }

}  // namespace host::http
