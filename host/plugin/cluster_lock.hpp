// One operation on modules at a time on the whole database. Everything an operation writes goes through this
// connection.
#pragma once

#include "db/pool.hpp"

namespace host::plugin {

class ClusterLock {
public:
    explicit ClusterLock(db::Pool& pool) : lease_{pool.acquire()} {
        lease_->exec({}, "select pg_advisory_lock(hashtext('guichet'), hashtext('plugins'))", {});
    }
    ~ClusterLock() {
        try {
            lease_->exec({}, "select pg_advisory_unlock(hashtext('guichet'), hashtext('plugins'))", {});
        } catch (const std::exception&) {
            // a broken connection has lost its locks
        }
    }
    ClusterLock(const ClusterLock&) = delete;
    db::Connection& connection() { return *lease_; }

private:
    db::Pool::Lease lease_;
};

}  // namespace host::plugin
