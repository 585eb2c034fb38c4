// Owns the connections of a server and watches their deadlines. Any thread.
#pragma once

#include "http/connection.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace host::http {

class ConnectionTable {
public:
    // Null after close().
    Connection* add(FileDescriptor socket, std::string peer_ip, ServerContext& server);
    void remove(Connection& connection);
    std::size_t size() const;

    void enforce_deadlines(Connection::Clock::time_point now);
    void close();  // what is idle or half read ends, what runs or is being written goes on
    bool wait_until_empty(std::chrono::milliseconds at_most);
    void cut_all();

private:
    mutable std::mutex mutex_;  // also keeps a socket open while another thread shuts it down
    std::condition_variable empty_;
    std::unordered_map<const Connection*, std::unique_ptr<Connection>> connections_;
    bool closed_ = false;
};

}  // namespace host::http
