// Who runs a complete request, and when. Workers are alike: whoever reads a request to its end also runs
// it. Only the last free worker does not: it goes on watching the sockets and puts requests in line for
// the others, so a site whose handlers all wait (for a frozen database) still answers health checks.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>

namespace host::http {

class Connection;

class Admission {
public:
    Admission(std::size_t workers, std::size_t max_queued) : max_running_{workers - 1}, max_queued_{max_queued} {}

    enum class Verdict {
        run,     // the caller counts as busy until leave() gives it nothing more to run
        aside,   // urgent, and everybody else is busy: the caller runs it without counting as busy
        queued,  // another worker will run it: the connection is no longer the caller's
        full,    // too many in line
    };
    Verdict enter(Connection& connection, bool urgent);

    // After a run. again: its connection, when the next request is already there. What the caller runs next,
    // the oldest in line first; null: it is free.
    Connection* leave(Connection* again);

    void close();  // drops the line, and nothing enters it again
    std::size_t busy() const;

private:
    const std::size_t max_running_;
    const std::size_t max_queued_;
    mutable std::mutex mutex_;
    std::size_t running_ = 0;
    std::deque<Connection*> queue_;
    bool closed_ = false;
};

}  // namespace host::http
