#include "db/pool.hpp"

#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace host::db;

namespace {

std::int64_t backend(Connection& connection, const Identity& identity = {}) {
    return connection.exec(identity, "select pg_backend_pid()", {}).i64(0, 0);
}

class PoolTest : public testing::Test {
protected:
    std::string url_ = support::fresh_database();
};

}  // namespace

TEST_F(PoolTest, NoFreeConnectionInTimeIsUnavailable) {
    Pool pool{{.url = url_, .size = 1, .wait_ms = 50}};
    const Pool::Lease only = pool.acquire();
    EXPECT_THROW(pool.exec("select 1"), Unavailable);
    EXPECT_EQ(pool.stats().waiting, 0);
    EXPECT_EQ(pool.stats().in_use, 1);
}

TEST_F(PoolTest, NothingIsConnectedBeforeItIsNeeded) {
    Pool pool{{.url = "postgresql:///none?host=/nowhere", .size = 2}};
    EXPECT_EQ(pool.stats().open, 0);
    EXPECT_THROW(pool.acquire(), Unavailable);
    EXPECT_THROW(pool.acquire(), Unavailable);
    EXPECT_EQ(pool.stats().open, 0);
}

TEST_F(PoolTest, AnOpenTransactionIsRolledBackOnReturn) {
    Pool pool{{.url = url_, .size = 1}};
    pool.exec("create table item (n int)");
    {
        Pool::Lease lease = pool.acquire();
        lease->begin();
        lease->exec({}, "insert into item values (1)", {});
        lease->begin();
        lease->exec({}, "insert into item values (2)", {});
    }
    EXPECT_EQ(pool.exec("select count(*) from item").i64(0, 0), 0);
    EXPECT_EQ(pool.stats().open, 1) << "the connection is still good";
}

TEST_F(PoolTest, TransactionsOfTheHost) {
    Pool pool{{.url = url_, .size = 1}};
    pool.exec("create table item (n int unique)");
    {
        Transaction transaction{pool};
        transaction.exec("insert into item values ($1)", {1});
    }
    {
        Transaction transaction{pool};
        transaction.exec("insert into item values ($1)", {2});
        transaction.commit();
    }
    {
        Transaction transaction{pool};
        EXPECT_THROW(transaction.exec("insert into item values ($1)", {2}), Error);
        EXPECT_THROW(transaction.commit(), Error);
    }
    EXPECT_EQ(pool.exec("select sum(n) from item").i64(0, 0), 2);
}

TEST_F(PoolTest, WaitersAreServedInTheirOrder) {
    Pool pool{{.url = url_, .size = 1, .wait_ms = 60000}};
    Pool::Lease lease = pool.acquire();
    std::mutex mutex;
    std::vector<int> served;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            Pool::Lease mine = pool.acquire();
            const std::lock_guard lock{mutex};
            served.push_back(i);
        });
        while (pool.stats().waiting != i + 1) std::this_thread::yield();
    }
    lease.release();
    threads.clear();
    EXPECT_EQ(served, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    EXPECT_EQ(pool.stats().open, 1);
    EXPECT_EQ(pool.stats().in_use, 0);
}

TEST_F(PoolTest, ManyThreadsShareAFewConnections) {
    Pool pool{{.url = url_, .size = 3, .wait_ms = 60000}};
    pool.exec("create table item (n int)");
    std::vector<std::future<void>> threads;
    for (int t = 0; t < 8; ++t)
        threads.push_back(std::async(std::launch::async, [&] {
            for (int i = 0; i < 50; ++i) {
                Transaction transaction{pool};
                transaction.exec("insert into item values ($1)", {i});
                if (i % 2 == 0) transaction.commit();
            }
        }));
    for (auto& thread : threads) thread.get();
    EXPECT_EQ(pool.exec("select count(*) from item").i64(0, 0), 8 * 25);
    EXPECT_LE(pool.stats().open, 3);
    EXPECT_EQ(pool.stats().in_use, 0);
}

TEST_F(PoolTest, PrefersAConnectionThatHasTheIdentity) {
    Pool pool{{.url = url_, .size = 3}};
    const Identity other{"", "pg_catalog"};
    std::int64_t with_identity = 0;
    {
        std::vector<Pool::Lease> leases;
        for (int i = 0; i < 3; ++i) leases.push_back(pool.acquire());
        for (auto& lease : leases) backend(*lease);
        with_identity = backend(*leases[1], other);
    }
    for (int i = 0; i < 5; ++i) {
        EXPECT_NE(backend(*pool.acquire()), with_identity);
        EXPECT_EQ(backend(*pool.acquire(other), other), with_identity);
    }
}

TEST_F(PoolTest, ConnectionsFindTheirIdentities) {
    Pool pool{{.url = url_, .size = 2}};
    const Identity a{"", "pg_catalog"}, b{"", "public"}, c{"", "information_schema"};
    const auto pid = [&](const Identity& identity) { return backend(*pool.acquire(identity), identity); };
    const std::int64_t for_a = pid(a), for_b = pid(b);
    EXPECT_NE(for_a, for_b) << "the pool grows before it switches";
    EXPECT_EQ(pid(a), for_a);
    EXPECT_EQ(pid(c), for_b) << "the one not used for longest is switched";
    EXPECT_EQ(pool.stats().open, 2);
}

TEST_F(PoolTest, AServerThatIsFullLeavesWhatThereIs) {
    Connection admin{url_, 3000, 1000};
    admin.exec_script({}, R"(do $$ begin create role pool_two login connection limit 1; exception when duplicate_object then null; end $$)");
    std::string url = url_;
    Pool pool{{.url = url.replace(url.find("user=postgres"), 13, "user=pool_two"), .size = 3}};
    const Identity other{"", "pg_catalog"};
    const std::int64_t only = backend(*pool.acquire());
    EXPECT_EQ(backend(*pool.acquire(other), other), only);
    EXPECT_EQ(backend(*pool.acquire()), only);
    const Pool::Lease held = pool.acquire();
    EXPECT_THROW(pool.acquire(), Unavailable);
}

TEST_F(PoolTest, LeasesMove) {
    Pool pool{{.url = url_, .size = 2}};
    Pool::Lease first = pool.acquire(), second = pool.acquire();
    first = std::move(second);
    EXPECT_EQ(pool.stats().in_use, 1);
    EXPECT_FALSE(second);
    Pool::Lease third{std::move(first)};
    EXPECT_EQ(pool.stats().in_use, 1);
    third.release();
    third.release();
    EXPECT_EQ(pool.stats().in_use, 0);
}
