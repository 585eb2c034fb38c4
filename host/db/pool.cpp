#include "db/pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace host::db {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kFailFast{1};

}  // namespace

struct Pool::Impl {
    // Lives on the stack of the thread that waits; changed under the mutex only.
    struct Waiter {
        std::condition_variable ready;
        std::unique_ptr<Connection> connection;  // handed over
        bool may_connect = false;                // a place became free; it counts as open already
        std::optional<Unavailable> failure;

        bool served() const { return connection || may_connect || failure; }
    };

    explicit Impl(const PoolOptions& o) : options{o} {}

    const PoolOptions& options;
    mutable std::mutex mutex;
    std::vector<std::unique_ptr<Connection>> idle;  // the one used last is at the end
    std::deque<Waiter*> waiters;                    // oldest first
    int open = 0;                                   // idle, in use and being made
    Clock::time_point refuse_until{};
    std::optional<Unavailable> last_failure;

    bool may_grow() const { return open < options.size && Clock::now() >= refuse_until; }

    // Null when there is none, or none with the identity while the pool may still grow: switching costs the
    // server more than most statements, so connections should find their identities.
    std::unique_ptr<Connection> take_idle(const Identity& preferred) {
        const auto match = std::find_if(idle.rbegin(), idle.rend(), [&](const auto& c) { return c->has(preferred); });
        if (match == idle.rend() && (idle.empty() || may_grow())) return nullptr;
        const auto chosen = match == idle.rend() ? idle.begin() : std::prev(match.base());
        std::unique_ptr<Connection> connection = std::move(*chosen);
        idle.erase(chosen);
        return connection;
    }

    std::unique_ptr<Connection> acquire(const Identity& preferred) {
        std::unique_lock lock{mutex};
        while (waiters.empty()) {
            std::unique_ptr<Connection> connection = take_idle(preferred);
            if (!connection) break;
            lock.unlock();
            if (connection->alive()) return connection;
            connection.reset();
            lock.lock();
            free_place();
        }
        if (open >= options.size) return wait(std::move(lock), preferred);
        ++open;
        return connect(std::move(lock), preferred);
    }

    std::unique_ptr<Connection> wait(std::unique_lock<std::mutex> lock, const Identity& preferred) {
        Waiter waiter;
        waiters.push_back(&waiter);
        waiter.ready.wait_for(lock, std::chrono::milliseconds{options.wait_ms}, [&] { return waiter.served(); });
        if (waiter.connection) return std::move(waiter.connection);
        if (waiter.failure) throw *waiter.failure;
        if (waiter.may_connect) return connect(std::move(lock), preferred);
        std::erase(waiters, &waiter);
        throw Unavailable{"no database connection became free in time"};
    }

    // The place is counted in open already.
    std::unique_ptr<Connection> connect(std::unique_lock<std::mutex> lock, const Identity& preferred) {
        if (Clock::now() < refuse_until) {
            const Unavailable failure = *last_failure;
            free_place();
            throw failure;
        }
        lock.unlock();
        try {
            return std::make_unique<Connection>(options.url, options.connect_timeout_ms, options.statement_timeout_ms);
        } catch (const Unavailable& failure) {
            lock.lock();
            refuse_until = Clock::now() + kFailFast;
            last_failure = failure;
            free_place();
            if (idle.empty()) throw;
        } catch (...) {
            lock.lock();
            free_place();
            throw;
        }
        // No new one, but one with another identity.
        lock.unlock();
        return acquire(preferred);
    }

    // One connection less: the oldest waiter may make a new one. While the server refuses, those who
    // wait keep waiting for connections that are still in use, and give up when there are none.
    void free_place() {
        --open;
        if (Clock::now() < refuse_until) {
            if (open == 0)
                while (!waiters.empty()) serve_oldest([&](Waiter& waiter) { waiter.failure = last_failure; });
        } else if (!waiters.empty()) {
            ++open;
            serve_oldest([](Waiter& waiter) { waiter.may_connect = true; });
        }
    }

    template <class Serve>
    void serve_oldest(Serve serve) {
        Waiter& oldest = *waiters.front();
        waiters.pop_front();
        serve(oldest);
        oldest.ready.notify_one();
    }

    void give_back(std::unique_ptr<Connection> connection) {
        while (connection->depth() > 0) connection->rollback();
        if (!connection->usable()) connection.reset();
        const std::lock_guard lock{mutex};
        if (!connection) free_place();
        else if (!waiters.empty()) serve_oldest([&](Waiter& waiter) { waiter.connection = std::move(connection); });
        else idle.push_back(std::move(connection));
    }
};

Pool::Pool(PoolOptions options) : options_{std::move(options)}, impl_{std::make_unique<Impl>(options_)} {}
Pool::~Pool() = default;

Pool::Lease Pool::acquire(const Identity& preferred) { return {this, impl_->acquire(preferred)}; }

Rows Pool::exec(std::string_view sql, std::initializer_list<Param> params) { return acquire()->exec(sql, params); }

PoolStats Pool::stats() const {
    const std::lock_guard lock{impl_->mutex};
    return {impl_->open, impl_->open - static_cast<int>(impl_->idle.size()), static_cast<int>(impl_->waiters.size())};
}

void Pool::give_back(std::unique_ptr<Connection> c) noexcept { impl_->give_back(std::move(c)); }

Pool::Lease::Lease(Lease&& o) noexcept : pool_{o.pool_}, connection_{std::move(o.connection_)} {}

Pool::Lease& Pool::Lease::operator=(Lease&& o) noexcept {
    if (this != &o) {
        release();
        pool_ = o.pool_;
        connection_ = std::move(o.connection_);
    }
    return *this;
}

Pool::Lease::~Lease() { release(); }

void Pool::Lease::release() noexcept {
    if (connection_) pool_->give_back(std::move(connection_));
}

Transaction::Transaction(Pool& pool) : lease_{pool.acquire()} { lease_->begin(); }

Transaction::~Transaction() {
    if (open_) lease_->rollback();
}

Rows Transaction::exec(std::string_view sql, std::initializer_list<Param> params) { return lease_->exec(sql, params); }

void Transaction::commit() {
    open_ = false;
    lease_->commit();
}

}  // namespace host::db
