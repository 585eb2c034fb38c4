// What happens when the server goes away, stops answering and comes back.
#include "db/connection.hpp"
#include "db/pool.hpp"
#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>

using namespace host::db;
using namespace std::chrono_literals;

namespace {

// Every test leaves the server running, whatever happened in it.
class OutageTest : public testing::Test {
protected:
    ~OutageTest() override {
        support::thaw();
        support::start_server();
    }
    Connection connect() { return Connection{url_, 3000, 1000}; }
    std::int64_t count() { return connect().exec({}, "select count(*) from item", {}).i64(0, 0); }

    std::string url_ = support::fresh_database();
};

// What a call ended with.
struct Outcome {
    bool unavailable = false, in_doubt = false;
};

template <class Work>
Outcome outcome(Work work) {
    try {
        work();
    } catch (const Unavailable& error) {
        return {true, error.in_doubt()};
    }
    return {};
}

}  // namespace

TEST_F(OutageTest, ACrashInsideATransaction) {
    for (const auto stop : {support::stop_server, support::kill_server}) {
        Connection connection = connect();
        connection.exec_script({}, "create table if not exists item (n int); truncate item");
        connection.begin();
        connection.exec({}, "insert into item values (1)", {});
        stop();
        const Outcome lost = outcome([&] { connection.exec({}, "insert into item values (2)", {}); });
        EXPECT_TRUE(lost.unavailable);
        EXPECT_FALSE(lost.in_doubt) << "nothing was committed";
        EXPECT_FALSE(connection.usable());
        EXPECT_EQ(connection.depth(), 1);
        const Outcome commit = outcome([&] { connection.commit(); });
        EXPECT_TRUE(commit.unavailable);
        EXPECT_FALSE(commit.in_doubt) << "COMMIT was never sent";
        EXPECT_EQ(connection.depth(), 0);
        support::start_server();
        EXPECT_EQ(count(), 0);
    }
}

TEST_F(OutageTest, ALostAnswerToCommitIsInDoubt) {
    Connection connection = connect();
    connection.exec({}, "create table item (n int)", {});
    connection.begin();
    connection.exec({}, "insert into item values (1)", {});
    support::stop_server();
    const Outcome commit = outcome([&] { connection.commit(); });
    EXPECT_TRUE(commit.unavailable);
    EXPECT_TRUE(commit.in_doubt);
    EXPECT_EQ(connection.depth(), 0);
}

TEST_F(OutageTest, ALostAnswerWithoutATransactionIsInDoubtToo) {
    Connection connection = connect();
    support::stop_server();
    EXPECT_TRUE(outcome([&] { connection.exec({}, "select 1", {}); }).in_doubt);
    EXPECT_FALSE(outcome([&] { connection.exec({}, "select 1", {}); }).in_doubt) << "this one was not sent";
}

TEST_F(OutageTest, ATerminatedSessionSaysSo) {
    Connection connection = connect(), other = connect();
    const std::int64_t pid = connection.exec({}, "select pg_backend_pid()", {}).i64(0, 0);
    connection.begin();
    connection.exec({}, "select 1", {});
    const Param params[] = {pid};
    other.exec({}, "select pg_terminate_backend($1::int, 5000)", params);
    try {
        connection.exec({}, "select 1", {});
        FAIL() << "the session goes on";
    } catch (const Unavailable& error) {
        EXPECT_EQ(error.sqlstate(), "57P01");
    }
    connection.rollback();
    EXPECT_FALSE(connection.usable());
}

TEST_F(OutageTest, ALeftOpenTransactionIsEndedByTheServer) {
    Connection connection = connect();
    connection.exec({}, "set idle_in_transaction_session_timeout = 1", {});
    connection.begin();
    connection.exec({}, "select 1", {});
    while (connection.alive()) std::this_thread::sleep_for(5ms);
    EXPECT_TRUE(outcome([&] { connection.exec({}, "select 1", {}); }).unavailable);
}

TEST_F(OutageTest, AFrozenServerEndsInUnavailableAndDoesNotHang) {
    Connection idle = connect(), inside = connect();
    inside.exec({}, "create table item (n int)", {});
    inside.begin();
    inside.exec({}, "insert into item values (1)", {});
    support::freeze();
    auto first = std::async(std::launch::async, [&] { return outcome([&] { idle.exec({}, "select 1", {}); }); });
    auto second = std::async(std::launch::async, [&] { return outcome([&] { inside.commit(); }); });
    auto third = std::async(std::launch::async, [&] { return outcome([&] { connect(); }); });
    EXPECT_TRUE(first.get().unavailable);
    EXPECT_TRUE(second.get().in_doubt);
    EXPECT_TRUE(third.get().unavailable);
    EXPECT_FALSE(idle.usable());
    support::thaw();
    EXPECT_EQ(connect().exec({}, "select 1", {}).i64(0, 0), 1);
}

TEST_F(OutageTest, AFrozenServerDoesNotHoldALargeStatementEither) {
    Connection connection = connect();
    support::freeze();
    const std::string large(20'000'000, 'x');
    const Param params[] = {large};
    EXPECT_TRUE(outcome([&] { connection.exec({}, "select length($1)", params); }).unavailable);
}

TEST_F(OutageTest, ThePoolFailsFastAndRecoversByItself) {
    Pool pool{{.url = url_, .size = 4}};
    {
        std::vector<Pool::Lease> leases;
        for (int i = 0; i < 4; ++i) leases.push_back(pool.acquire());
    }
    EXPECT_EQ(pool.stats().open, 4);
    support::stop_server();
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(outcome([&] { pool.exec("select 1"); }).unavailable);
    EXPECT_EQ(pool.stats().open, 0) << "connections that the server closed are dropped, not handed out";
    support::start_server();
    while (outcome([&] { pool.exec("select 1"); }).unavailable) std::this_thread::sleep_for(20ms);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(pool.exec("select 1").i64(0, 0), 1);
}

TEST_F(OutageTest, AfterARestartNobodyGetsADeadConnection) {
    Pool pool{{.url = url_, .size = 4}};
    {
        std::vector<Pool::Lease> leases;
        for (int i = 0; i < 4; ++i) leases.push_back(pool.acquire());
    }
    support::stop_server();
    support::start_server();
    for (int i = 0; i < 8; ++i) EXPECT_EQ(pool.exec("select 1").i64(0, 0), 1);
}

TEST_F(OutageTest, ConnectionsBrokenInUseLeaveThePoolAndWaitersAreServed) {
    Pool pool{{.url = url_, .size = 1, .wait_ms = 20000}};
    Pool::Lease lease = pool.acquire();
    auto waiting = std::async(std::launch::async, [&] { return pool.exec("select 1").i64(0, 0); });
    while (pool.stats().waiting == 0) std::this_thread::yield();
    support::stop_server();
    support::start_server();
    EXPECT_TRUE(outcome([&] { lease->exec({}, "select 1", {}); }).unavailable);
    lease.release();
    EXPECT_EQ(waiting.get(), 1);
    EXPECT_EQ(pool.stats().open, 1);
}

TEST_F(OutageTest, WaitersGiveUpWhenTheServerIsGone) {
    Pool pool{{.url = url_, .size = 1, .wait_ms = 20000}};
    Pool::Lease lease = pool.acquire();
    std::vector<std::future<Outcome>> waiting;
    for (int i = 0; i < 4; ++i)
        waiting.push_back(std::async(std::launch::async, [&] { return outcome([&] { pool.exec("select 1"); }); }));
    while (pool.stats().waiting < 4) std::this_thread::yield();
    support::stop_server();
    outcome([&] { lease->exec({}, "select 1", {}); });
    lease.release();
    for (auto& each : waiting) EXPECT_TRUE(each.get().unavailable);
    EXPECT_EQ(pool.stats().open, 0);
    EXPECT_EQ(pool.stats().waiting, 0);
}
