#include "http/connection_table.hpp"

namespace host::http {

Connection* ConnectionTable::add(FileDescriptor socket, std::string peer_ip, ServerContext& server) {
    auto connection = std::make_unique<Connection>(std::move(socket), std::move(peer_ip), server);
    const std::lock_guard lock{mutex_};
    if (closed_) return nullptr;
    Connection* added = connection.get();
    connections_.emplace(added, std::move(connection));
    return added;
}

void ConnectionTable::remove(Connection& connection) {
    const std::lock_guard lock{mutex_};
    connections_.erase(&connection);
    if (connections_.empty()) empty_.notify_all();
}

std::size_t ConnectionTable::size() const {
    const std::lock_guard lock{mutex_};
    return connections_.size();
}

void ConnectionTable::enforce_deadlines(Connection::Clock::time_point now) {
    const std::lock_guard lock{mutex_};
    for (const auto& [key, connection] : connections_) connection->enforce_deadline(now);
}

void ConnectionTable::close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    for (const auto& [key, connection] : connections_) connection->stop_reading();
}

bool ConnectionTable::wait_until_empty(std::chrono::milliseconds at_most) {
    std::unique_lock lock{mutex_};
    return empty_.wait_for(lock, at_most, [&] { return connections_.empty(); });
}

void ConnectionTable::cut_all() {
    const std::lock_guard lock{mutex_};
    for (const auto& [key, connection] : connections_) connection->cut();
}

}  // namespace host::http
