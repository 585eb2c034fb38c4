#include "http/server.hpp"

#include "base/log.hpp"
#include "http/admission.hpp"
#include "http/connection_table.hpp"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <algorithm>
#include <system_error>
#include <thread>

namespace host::http {
namespace {

constexpr int kBacklog = 1024;
constexpr int kAcceptsInARow = 64;        // then others get a turn
constexpr std::size_t kTurnedAway = 64;   // connections past the maximum that are still told so
constexpr std::size_t kOtherFiles = 256;  // descriptors for the rest of the process
constexpr std::chrono::milliseconds kLongestTick{100};
constexpr std::string_view kHealthPath = "/health/live";

[[noreturn]] void fail(const char* what) { throw std::system_error{errno, std::generic_category(), what}; }

// At least what the options ask for when the hard limit allows it; how many connections there can be.
std::size_t reserve_descriptors(std::size_t connections) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) fail("getrlimit");
    const rlim_t wanted = connections + kTurnedAway + kOtherFiles;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = std::min(wanted, limit.rlim_max);
        if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) fail("setrlimit");
    }
    if (limit.rlim_cur >= wanted) return connections;
    const std::size_t possible =
        limit.rlim_cur > 2 * (kTurnedAway + kOtherFiles) ? limit.rlim_cur - kTurnedAway - kOtherFiles : limit.rlim_cur / 2;
    base::log(base::Level::warn, "fewer connections than configured: the limit of open files is too low",
              {{"connections", static_cast<std::int64_t>(possible)}});
    return possible;
}

Poco::Net::ServerSocket listen_on(const std::string& host, std::uint16_t port) {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress{host, port}, true, false);
    socket.listen(kBacklog);
    socket.setBlocking(false);
    socket.setNoDelay(true);  // what is accepted inherits it
    if (::fcntl(socket.impl()->sockfd(), F_SETFD, FD_CLOEXEC) != 0) fail("fcntl");
    return socket;
}

std::string ip_of(const sockaddr_storage& address, socklen_t length) {
    const Poco::Net::IPAddress ip = Poco::Net::SocketAddress{reinterpret_cast<const sockaddr*>(&address), length}.host();
    constexpr std::string_view kMapped = "::ffff:";  // an IPv4 client of an IPv6 listener
    std::string text = ip.toString();
    return ip.family() == Poco::Net::IPAddress::IPv6 && ip.isIPv4Mapped() ? text.substr(kMapped.size()) : text;
}

// Nothing else: the last free worker must not meet a page that waits for the database.
bool is_urgent(const Request& request) { return request.path == kHealthPath; }

bool is_exhaustion(int error) { return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM; }

std::uint32_t events_for(Connection::Next next) { return next == Connection::Next::write ? EPOLLOUT : EPOLLIN; }

}  // namespace

struct Server::Impl {
    Impl(ServerOptions options, Handler& handler);
    ~Impl() { stop(std::chrono::milliseconds{0}); }
    void start();
    void stop(std::chrono::milliseconds grace);

    ServerContext context;
    const std::size_t max_connections;
    Poco::Net::ServerSocket listener;
    const std::uint16_t port;
    ConnectionTable connections;
    Admission admission;

private:
    void work();
    void serve(Connection& connection, Connection::Next next);
    void run(Connection& first);
    void park(Connection& connection, Connection::Next next, int operation = EPOLL_CTL_MOD);
    void accept_connections();
    void accept_again();
    void admit_connection(FileDescriptor socket, std::string peer_ip);
    void watch_deadlines();
    bool watch(int operation, int fd, std::uint32_t events, void* tag);

    FileDescriptor epoll_;
    FileDescriptor end_;  // readable when the workers have to end
    std::vector<std::thread> workers_;
    std::thread watch_;
    std::mutex watch_mutex_;
    std::condition_variable watch_wakes_;
    bool watching_ = true;
    std::atomic<bool> accept_paused_{false};
};

Server::Impl::Impl(ServerOptions options, Handler& handler)
    : context{std::move(options), handler},
      max_connections{reserve_descriptors(context.options.max_connections)},
      listener{listen_on(context.options.host, context.options.port)},
      port{listener.address().port()},
      admission{static_cast<std::size_t>(std::max(context.options.workers, 2)), context.options.max_queued},
      epoll_{::epoll_create1(EPOLL_CLOEXEC)},
      end_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} {
    const bool ready = epoll_.get() >= 0 && end_.get() >= 0 && watch(EPOLL_CTL_ADD, end_.get(), EPOLLIN, &end_) &&
                       watch(EPOLL_CTL_ADD, listener.impl()->sockfd(), EPOLLONESHOT, &listener);
    if (!ready) fail("epoll");
}

bool Server::Impl::watch(int operation, int fd, std::uint32_t events, void* tag) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = tag;
    return ::epoll_ctl(epoll_.get(), operation, fd, &event) == 0;
}

void Server::Impl::start() {
    accept_again();
    watch_ = std::thread{[this] { watch_deadlines(); }};
    for (int i = 0; i < std::max(context.options.workers, 2); ++i) workers_.emplace_back([this] { work(); });
}

void Server::Impl::work() {
    for (;;) {
        epoll_event event{};
        const int ready = ::epoll_wait(epoll_.get(), &event, 1, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        if (ready < 1) continue;
        if (event.data.ptr == &end_) return;
        if (event.data.ptr == &listener) {
            accept_connections();
            continue;
        }
        auto& connection = *static_cast<Connection*>(event.data.ptr);
        connection.take();
        serve(connection, connection.proceed());
    }
}

void Server::Impl::serve(Connection& connection, Connection::Next next) {
    while (next == Connection::Next::handle) {
        switch (admission.enter(connection, is_urgent(connection.request()))) {
            case Admission::Verdict::run:
                return run(connection);
            case Admission::Verdict::queued:
                return;
            case Admission::Verdict::aside:
                next = connection.handle();
                break;
            case Admission::Verdict::full:
                next = connection.refuse(503, "too many requests are waiting");
                break;
        }
    }
    park(connection, next);
}

void Server::Impl::run(Connection& first) {
    for (Connection* connection = &first; connection;) {
        const Connection::Next next = connection->handle();
        const bool again = next == Connection::Next::handle;
        if (!again) park(*connection, next);
        connection = admission.leave(again ? connection : nullptr);
    }
}

void Server::Impl::park(Connection& connection, Connection::Next next, int operation) {
    const bool parked = next != Connection::Next::close && watch(operation, connection.fd(), events_for(next) | EPOLLONESHOT, &connection);
    if (parked) connection.let_go();
    else connections.remove(connection);
}

void Server::Impl::accept_connections() {
    for (int i = 0; i < kAcceptsInARow && !context.stopping; ++i) {
        sockaddr_storage address{};
        socklen_t length = sizeof address;
        FileDescriptor socket{
            ::accept4(listener.impl()->sockfd(), reinterpret_cast<sockaddr*>(&address), &length, SOCK_NONBLOCK | SOCK_CLOEXEC)};
        if (socket.get() < 0 && errno == EAGAIN) break;
        if (socket.get() < 0 && is_exhaustion(errno)) {
            accept_paused_ = true;  // the watch tries again: at once would be a busy loop
            return;
        }
        if (socket.get() >= 0) admit_connection(std::move(socket), ip_of(address, length));
    }
    accept_again();
}

void Server::Impl::accept_again() {
    if (!context.stopping) watch(EPOLL_CTL_MOD, listener.impl()->sockfd(), EPOLLIN | EPOLLONESHOT, &listener);
}

void Server::Impl::admit_connection(FileDescriptor socket, std::string peer_ip) {
    const std::size_t present = connections.size();
    if (present >= max_connections + kTurnedAway) return;
    Connection* connection = connections.add(std::move(socket), std::move(peer_ip), context);
    if (!connection) return;
    const bool crowded = present >= max_connections;
    const Connection::Next next = crowded ? connection->refuse(503, "too many connections") : Connection::Next::read;
    park(*connection, next, EPOLL_CTL_ADD);
}

void Server::Impl::watch_deadlines() {
    const auto& options = context.options;
    const auto shortest = std::min({options.header_timeout, options.idle_timeout, options.progress_window});
    const auto tick = std::clamp(shortest / 10, std::chrono::milliseconds{1}, kLongestTick);
    std::unique_lock lock{watch_mutex_};
    while (!watch_wakes_.wait_for(lock, tick, [&] { return !watching_; })) {
        connections.enforce_deadlines(Connection::Clock::now() + tick);  // rather early than late
        if (accept_paused_.exchange(false)) accept_again();
    }
}

void Server::Impl::stop(std::chrono::milliseconds grace) {
    if (context.stopping.exchange(true)) return;
    ::shutdown(listener.impl()->sockfd(), SHUT_RDWR);  // closed for clients; the descriptor stays ours until the workers ended
    connections.close();
    if (!workers_.empty()) connections.wait_until_empty(grace);
    admission.close();
    connections.cut_all();
    if (::eventfd_write(end_.get(), 1) != 0) fail("eventfd_write");
    for (std::thread& worker : workers_) worker.join();
    {
        const std::lock_guard lock{watch_mutex_};
        watching_ = false;
    }
    watch_wakes_.notify_all();
    if (watch_.joinable()) watch_.join();
}

Server::Server(ServerOptions options, Handler& handler) : impl_{std::make_unique<Impl>(std::move(options), handler)} {}
Server::~Server() = default;

void Server::start() { impl_->start(); }
void Server::stop(std::chrono::milliseconds grace) { impl_->stop(grace); }
std::uint16_t Server::port() const noexcept { return impl_->port; }

Server::Stats Server::stats() const noexcept {
    return {impl_->context.requests, impl_->context.refused, impl_->connections.size(), impl_->admission.busy()};
}

}  // namespace host::http
