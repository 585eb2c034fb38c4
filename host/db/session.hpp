// A libpq connection on which no wait is longer than its deadline: a server that is stopped or unreachable
// ends in Unavailable, not in a worker that hangs. Used inside host/db only; one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>

namespace host::db {

using Deadline = std::chrono::steady_clock::time_point;
Deadline deadline_in(std::chrono::milliseconds wait);

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

class Session {
public:
    // Connects within connect_timeout_ms for each host of the URL (libpq counts in seconds, 2 at least).
    Session(const std::string& url, int connect_timeout_ms, int statement_timeout_ms);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    PGconn* get() const noexcept { return connection_.get(); }
    bool usable() const noexcept { return usable_; }
    // Looks, without waiting, whether the server has closed an idle connection.
    bool alive() noexcept;

    // Sends what is queued and returns the next result; null where libpq's PQgetResult returns null.
    // Throws Unavailable, and the session is unusable, when the connection breaks or the deadline passes.
    ResultPtr next_result(Deadline deadline);
    // For a call of libpq that could not queue or send.
    void require(int libpq_success);
    [[noreturn]] void break_off(const std::string& why);
    void mark_broken() noexcept;

private:
    struct Finish {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    bool poll_socket(short events, Deadline deadline) const;

    std::unique_ptr<PGconn, Finish> connection_;
    bool usable_ = false;
};

// Whether nothing follows this error: the server ends the session, or it is lost.
bool ends_session(const Session& session, const PGresult* error);
// Throws what the error result says, as Error or Unavailable; marks the session broken when the server ends it.
[[noreturn]] void throw_error(Session& session, const PGresult* error);

}  // namespace host::db
