#include "db/listener.hpp"

#include "base/log.hpp"
#include "db/error.hpp"
#include "db/session.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <optional>
#include <thread>
#include <utility>

namespace host::db {
namespace {

using namespace std::chrono_literals;

constexpr int kConnectTimeoutMs = 3000;
constexpr int kStatementTimeoutMs = 5000;
constexpr auto kAnswerWait = 7s;
// A server that vanished without a word is noticed by asking it.
constexpr auto kSilence = 10s;
constexpr auto kFirstRetry = 100ms;
constexpr auto kLastRetry = 5000ms;

struct FreeNotify {
    void operator()(PGnotify* notify) const { PQfreemem(notify); }
};

}  // namespace

struct Listener::Impl {
    Impl(std::string u, std::vector<std::string> names, Callbacks c)
        : url{std::move(u)}, channels{std::move(names)}, callbacks{std::move(c)}, wake{::eventfd(0, EFD_CLOEXEC)} {
        if (wake < 0) throw std::system_error{errno, std::generic_category(), "eventfd"};
        thread = std::thread{[this] { run(); }};
    }

    ~Impl() {
        stopping = true;
        ::eventfd_write(wake, 1);
        thread.join();
        ::close(wake);
    }

    void run() {
        auto retry = kFirstRetry;
        while (!stopping) {
            try {
                Session session{url, kConnectTimeoutMs, kStatementTimeoutMs};
                listen(session);
                retry = kFirstRetry;
                follow(session);
            } catch (const std::exception& failure) {
                base::log(base::Level::warn, "no notifications from PostgreSQL", {{"error", failure.what()}, {"retry_ms", retry.count()}});
                wait_for(-1, retry);
                retry = std::min(retry * 2, kLastRetry);
            }
        }
    }

    void listen(Session& session) {
        for (const std::string& channel : channels) {
            char* quoted = PQescapeIdentifier(session.get(), channel.data(), channel.size());
            session.require(quoted != nullptr);
            const std::string sql = std::string{"listen "} + quoted;
            PQfreemem(quoted);
            ask(session, sql.c_str());
        }
    }

    void ask(Session& session, const char* sql) {
        session.require(PQsendQuery(session.get(), sql));
        const Deadline end = deadline_in(kAnswerWait);
        while (const ResultPtr result = session.next_result(end))
            if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR) throw_error(session, result.get());
    }

    void follow(Session& session) {
        call(callbacks.reconnected);
        try {
            while (!stopping) {
                deliver(session);
                if (!wait_for(PQsocket(session.get()), kSilence)) ask(session, "select 1");
                else session.require(PQconsumeInput(session.get()));
            }
        } catch (...) {
            call(callbacks.lost);
            throw;
        }
    }

    void deliver(Session& session) {
        while (const std::unique_ptr<PGnotify, FreeNotify> notify{PQnotifies(session.get())})
            call(callbacks.notified, std::string_view{notify->relname}, std::string_view{notify->extra});
    }

    template <class... Arguments>
    void call(const std::function<void(Arguments...)>& callback, Arguments... arguments) {
        if (!callback) return;
        try {
            callback(arguments...);
        } catch (const std::exception& failure) {
            base::log(base::Level::error, "a callback for notifications failed", {{"error", failure.what()}});
        }
    }

    // True when the socket has something or the listener stops, false after the time.
    bool wait_for(int socket, std::chrono::milliseconds time) {
        pollfd waiting[] = {{wake, POLLIN, 0}, {socket, POLLIN, 0}};
        return ::poll(waiting, 2, static_cast<int>(time.count())) != 0;
    }

    const std::string url;
    const std::vector<std::string> channels;
    const Callbacks callbacks;
    const int wake;
    std::atomic<bool> stopping{false};
    std::thread thread;
};

Listener::Listener(std::string url, std::vector<std::string> channels, Callbacks callbacks)
    : impl_{std::make_unique<Impl>(std::move(url), std::move(channels), std::move(callbacks))} {}
Listener::~Listener() = default;

}  // namespace host::db
