// Sends what is in the queue: at least once, one mail per claim, so that a crash repeats at most the one that was on its
// way. Any number of hosts share the work. A server that does not answer holds up its own mail alone.
#pragma once

#include "file/files.hpp"
#include "mail/queue.hpp"
#include "mail/senders.hpp"
#include "queue/workers.hpp"

#include <atomic>
#include <map>
#include <mutex>

namespace host::mail {

class Dispatcher {
public:
    // pool: one connection for each thread and one for the leases.
    Dispatcher(db::Pool& pool, const Senders& senders, const file::Files& files, int threads, SmtpTimes times = {});
    void start() { workers_.start(); }
    void wake() { workers_.wake(); }
    void stop() { workers_.stop(); }  // waits for the mails on their way

    struct Stats { std::uint64_t sent = 0, refused = 0, deferred = 0, unreachable = 0, ambiguous = 0; };
    Stats stats() const;

private:
    class Turn;  // of a thread at a sender
    bool work();
    bool send_one(const std::string& group);
    void send(const Claimed& claimed);
    void record(const Claimed& claimed, const Sender& sender, const Outcome& outcome);
    Message complete(const Claimed& claimed, const Sender& sender) const;

    db::Pool& pool_;
    const Senders& senders_;
    const file::Files& files_;
    int threads_;
    SmtpTimes times_;
    queue::Queue queue_;
    std::mutex mutex_;
    std::map<std::string, int> busy_;  // threads per sender
    std::size_t next_ = 0;
    std::atomic<std::uint64_t> results_[5]{};
    queue::Workers workers_;  // last: its threads use the rest
};

}  // namespace host::mail
