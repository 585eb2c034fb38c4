// Connections to PostgreSQL shared by workers. A connection that comes back goes straight to the oldest
// waiter, so nobody is overtaken (performance.md). Any thread.
#pragma once

#include "db/connection.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace host::db {

struct PoolOptions {
    std::string url;
    int size = 6;
    int connect_timeout_ms = 3000;
    int statement_timeout_ms = 5000;
    int wait_ms = 3000;  // for a free connection, then Unavailable
};
struct PoolStats {
    int open = 0, in_use = 0, waiting = 0;
};

class Pool {
public:
    explicit Pool(PoolOptions options);
    ~Pool();

    // Returns the connection to the pool at its end; an open transaction is rolled back first.
    class Lease {
    public:
        Lease() = default;
        Lease(Lease&& o) noexcept;
        Lease& operator=(Lease&& o) noexcept;
        ~Lease();
        Connection* operator->() const { return connection_.get(); }
        Connection& operator*() const { return *connection_; }
        explicit operator bool() const noexcept { return connection_ != nullptr; }
        void release() noexcept;

    private:
        friend class Pool;
        Lease(Pool* pool, std::unique_ptr<Connection> c) : pool_{pool}, connection_{std::move(c)} {}
        Pool* pool_ = nullptr;
        std::unique_ptr<Connection> connection_;
    };

    // Prefers an idle connection that already has the identity, then a new one, then any idle one. Throws Unavailable: at once when the
    // server refused less than a second ago (so that pages fail fast while it is down), else after wait_ms.
    Lease acquire(const Identity& preferred = {});
    Rows exec(std::string_view sql, std::initializer_list<Param> params = {});  // one statement as the host
    PoolStats stats() const;
    const PoolOptions& options() const noexcept { return options_; }

private:
    PoolOptions options_;
    struct Impl;
    std::unique_ptr<Impl> impl_;
    void give_back(std::unique_ptr<Connection> c) noexcept;
};

// A transaction of the host's own code. Rolls back unless commit() was reached.
class Transaction {
public:
    explicit Transaction(Pool& pool);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Rows exec(std::string_view sql, std::initializer_list<Param> params = {});
    void commit();
    Connection& connection() { return *lease_; }

private:
    Pool::Lease lease_;
    bool open_ = true;
};

}  // namespace host::db
