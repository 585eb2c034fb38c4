#include "db/connection.hpp"

#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>

using namespace host::db;
using namespace std::string_literals;

namespace {

constexpr int kConnectTimeoutMs = 3000;

class ConnectionTest : public testing::Test {
protected:
    Rows exec(std::string_view sql, std::initializer_list<Param> params = {}) {
        return connection_.exec({}, sql, {params.begin(), params.size()});
    }
    std::int64_t count(const char* table = "item") { return exec("select count(*) from "s + table).i64(0, 0); }
    std::string sqlstate(std::string_view sql, std::initializer_list<Param> params = {}) {
        try {
            exec(sql, params);
        } catch (const Error& error) {
            return error.sqlstate();
        }
        return "none";
    }

    std::string url_ = support::fresh_database();
    Connection connection_{url_, kConnectTimeoutMs, 1000};
};

}  // namespace

// --- refusals ---

TEST_F(ConnectionTest, AWrongAddressIsUnavailable) {
    EXPECT_THROW(Connection("postgresql:///none?host=/nowhere", kConnectTimeoutMs, 1000), Unavailable);
    EXPECT_THROW(Connection(url_ + "&dbname=none", kConnectTimeoutMs, 1000), Unavailable);
    EXPECT_THROW(Connection("not a url", kConnectTimeoutMs, 1000), Unavailable);
}

TEST_F(ConnectionTest, ErrorsCarryTheirSqlstateAndTheConnectionGoesOn) {
    EXPECT_EQ(sqlstate("select"s + std::string(3, '(')), "42601");
    EXPECT_EQ(sqlstate("select * from nowhere"), "42P01");
    EXPECT_EQ(sqlstate("select 1; select 2"), "42601");
    EXPECT_EQ(sqlstate("select $1::int", {"twelve"}), "22P02");
    EXPECT_EQ(sqlstate("select $1::int + $2::int", {1}), "08P01");
    EXPECT_EQ(sqlstate("select 1 / $1::int", {0}), "22012");
    EXPECT_EQ(exec("select 1").i64(0, 0), 1);
    EXPECT_TRUE(connection_.usable());
}

TEST_F(ConnectionTest, NulAndInvalidUtf8AreRefused) {
    exec("create table item (name text)");
    connection_.begin();
    EXPECT_EQ(sqlstate("insert into item values ($1)", {"a\0b"s}), "22021");
    EXPECT_EQ(sqlstate("select 1\0"s), "22021");
    EXPECT_EQ(count(), 0) << "NUL never reached the server, so the transaction is alive";
    connection_.rollback();
    EXPECT_EQ(sqlstate("insert into item values ($1)", {"\xff"}), "22021");
    EXPECT_EQ(count(), 0);
}

TEST_F(ConnectionTest, AUniqueViolationNamesItsConstraint) {
    exec("create table item (name text constraint item_name_key unique)");
    exec("insert into item values ($1)", {"a"});
    try {
        exec("insert into item values ($1)", {"a"});
        FAIL() << "accepted twice";
    } catch (const Error& error) {
        EXPECT_TRUE(error.unique_violation());
        EXPECT_EQ(error.constraint(), "item_name_key");
        EXPECT_EQ(std::string{error.what()}.find("(a)"), std::string::npos) << "values of users do not go into messages";
    }
    EXPECT_EQ(count(), 1);
}

TEST_F(ConnectionTest, ADeferredConstraintFailsAtTheEndOfTheStatementOrAtCommit) {
    exec("create table item (id int primary key)");
    exec("create table part (item int references item deferrable initially deferred)");
    EXPECT_EQ(sqlstate("insert into part values (7)"), "23503");
    connection_.begin();
    exec("insert into part values (7)");
    EXPECT_THROW(connection_.commit(), Error);
    EXPECT_EQ(connection_.depth(), 0);
    EXPECT_EQ(count("part"), 0);
}

TEST_F(ConnectionTest, CopyIsRefusedAndTheConnectionDropped) {
    exec("create table item (name text)");
    EXPECT_EQ(sqlstate("copy item from stdin"), "0A000");
    EXPECT_FALSE(connection_.usable());
    EXPECT_THROW(exec("select 1"), Unavailable);
}

TEST_F(ConnectionTest, SlowStatementsAndLocksAreUnavailableButNotTheConnection) {
    EXPECT_EQ(sqlstate("select pg_sleep(5)"), "57014");
    exec("create table item (name text)");
    Connection other{url_, kConnectTimeoutMs, 1000};
    other.begin();
    other.exec({}, "lock table item", {});
    exec("set lock_timeout = 10");
    EXPECT_THROW(exec("select * from item"), Unavailable);
    EXPECT_EQ(sqlstate("select * from item"), "55P03");
    other.rollback();
    EXPECT_EQ(count(), 0);
}

TEST_F(ConnectionTest, SessionSettings) {
    const auto setting = [&](const char* name) { return std::string{exec("select current_setting($1)", {name}).text(0, 0)}; };
    EXPECT_EQ(setting("statement_timeout"), "1s");
    EXPECT_EQ(setting("lock_timeout"), "2s");
    EXPECT_EQ(setting("idle_in_transaction_session_timeout"), "15s");
    EXPECT_EQ(setting("timezone"), "UTC");
    EXPECT_EQ(setting("client_encoding"), "UTF8");
    EXPECT_EQ(setting("application_name"), "guichet");
    EXPECT_TRUE(setting("datestyle").starts_with("ISO"));
}

// --- parameters, results ---

TEST_F(ConnectionTest, EveryTypeRoundTrips) {
    const std::string text = "É 😀 ' \" \\ \n $1 ; -- ";
    const Rows rows = exec("select $1::bigint, $2::float8, $3::bool, $4::text, $5::timestamptz, $6::text, $7::jsonb, $8::int",
                           {INT64_MIN, 0.1, true, text, Param::time(-1), std::optional<std::string>{}, R"({"a":[1,null]})", std::nullopt});
    EXPECT_EQ(rows.i64(0, 0), INT64_MIN);
    EXPECT_EQ(rows.f64(0, 1), 0.1);
    EXPECT_TRUE(rows.boolean(0, 2));
    EXPECT_EQ(rows.text(0, 3), text);
    EXPECT_EQ(rows.time_us(0, 4), -1);
    EXPECT_TRUE(rows.is_null(0, 5));
    EXPECT_TRUE(rows.is_null(0, 7));
    const Rows special = exec("select $1::float8, $2::float8, $3::timestamptz", {0.0 / 0.0, -1 / 0.0, Param::time(INT64_MAX)});
    EXPECT_EQ(special.text(0, 0), "NaN");
    EXPECT_EQ(special.f64(0, 1), -1 / 0.0);
    EXPECT_EQ(special.time_us(0, 2), INT64_MAX);
    EXPECT_EQ(sqlstate("select $1::timestamptz", {Param::time(INT64_MAX - 1)}), "22008");
    EXPECT_EQ(exec("select $1::text", {""}).maybe_text(0, 0), "");
    EXPECT_EQ(exec("select length($1)", {std::string(3'000'000, 'x')}).i64(0, 0), 3'000'000);
}

TEST_F(ConnectionTest, AffectedRows) {
    exec("create table item (n int)");
    EXPECT_EQ(exec("insert into item select generate_series(1, 5)").affected(), 5);
    EXPECT_EQ(exec("update item set n = 0 where n > 3").affected(), 2);
    EXPECT_EQ(exec("delete from item where n = 99").affected(), 0);
    EXPECT_EQ(exec("analyze item").affected(), 0);
    EXPECT_TRUE(exec("select n from item where n = 99").empty());
    EXPECT_TRUE(exec("").empty());
}

// --- prepared statements ---

TEST_F(ConnectionTest, AStatementIsPreparedOnceAndTheOldestGo) {
    for (int i = 0; i < 3; ++i) exec("select 'kept'");
    EXPECT_EQ(exec("select count(*) from pg_prepared_statements where statement = 'select ''kept'''").i64(0, 0), 1);
    for (int i = 0; i < 600; ++i) {
        exec("select " + std::to_string(i));
        exec("select 'kept'");
    }
    EXPECT_LE(exec("select count(*) from pg_prepared_statements").i64(0, 0), 501);
    EXPECT_EQ(exec("select count(*) from pg_prepared_statements where statement = 'select 0'").i64(0, 0), 0);
    EXPECT_EQ(exec("select count(*) from pg_prepared_statements where statement = 'select ''kept'''").i64(0, 0), 1);
    EXPECT_EQ(exec("select 0").i64(0, 0), 0);
}

TEST_F(ConnectionTest, APlanThatAMigrationMadeStaleIsMadeAgain) {
    exec("create table item (a int)");
    EXPECT_EQ(exec("select * from item").columns(), 1u);
    Connection{url_, kConnectTimeoutMs, 1000}.exec({}, "alter table item add b int", {});
    EXPECT_EQ(exec("select * from item").columns(), 2u);
    EXPECT_EQ(exec("select count(*) from pg_prepared_statements where statement = 'select * from item'").i64(0, 0), 1);
    exec("deallocate all");
    EXPECT_EQ(exec("select * from item").columns(), 2u);
}

TEST_F(ConnectionTest, AStalePlanInATransactionFailsOnce) {
    exec("create table item (a int)");
    exec("select * from item");
    Connection{url_, kConnectTimeoutMs, 1000}.exec({}, "alter table item add b int", {});
    connection_.begin();
    EXPECT_EQ(sqlstate("select * from item"), "0A000");
    connection_.rollback();
    connection_.begin();
    EXPECT_EQ(exec("select * from item").columns(), 2u);
    connection_.commit();
}

// --- transactions ---

TEST_F(ConnectionTest, AnEmptyTransactionIsNothing) {
    connection_.begin();
    connection_.begin();
    EXPECT_EQ(connection_.depth(), 2);
    connection_.commit();
    connection_.rollback();
    EXPECT_EQ(connection_.depth(), 0);
    EXPECT_EQ(exec("select pg_current_xact_id_if_assigned() is null").boolean(0, 0), true);
}

TEST_F(ConnectionTest, SavepointsNest) {
    exec("create table item (n int)");
    connection_.begin();
    exec("insert into item values (1)");
    connection_.begin();
    exec("insert into item values (2)");
    connection_.begin();
    exec("insert into item values (3)");
    connection_.commit();
    connection_.rollback();
    connection_.begin();
    exec("insert into item values (4)");
    connection_.commit();
    connection_.commit();
    EXPECT_EQ(exec("select string_agg(n::text, ',' order by n) from item").text(0, 0), "1,4");
}

TEST_F(ConnectionTest, SeveralLevelsOpenWithTheFirstStatement) {
    exec("create table item (n int)");
    connection_.begin();
    connection_.begin();
    exec("insert into item values (1)");
    connection_.rollback();
    exec("insert into item values (2)");
    connection_.commit();
    EXPECT_EQ(exec("select string_agg(n::text, ',') from item").text(0, 0), "2");
}

TEST_F(ConnectionTest, AFailedLevelIsRolledBackAlone) {
    exec("create table item (n int unique)");
    connection_.begin();
    exec("insert into item values (1)");
    connection_.begin();
    EXPECT_EQ(sqlstate("insert into item values (1)"), "23505");
    EXPECT_EQ(sqlstate("select 1"), "25P02");
    connection_.begin();
    EXPECT_EQ(sqlstate("select 1"), "25P02");
    connection_.rollback();
    connection_.rollback();
    exec("insert into item values (2)");
    connection_.commit();
    EXPECT_EQ(count(), 2);
}

TEST_F(ConnectionTest, CommitAfterAFailureIsAnErrorAndARollback) {
    exec("create table item (n int unique)");
    connection_.begin();
    exec("insert into item values (1)");
    EXPECT_EQ(sqlstate("insert into item values (1)"), "23505");
    EXPECT_THROW(connection_.commit(), Error);
    EXPECT_EQ(connection_.depth(), 0);
    EXPECT_EQ(count(), 0);
    connection_.begin();
    exec("insert into item values (1)");
    connection_.begin();
    EXPECT_EQ(sqlstate("insert into item values (1)"), "23505");
    EXPECT_THROW(connection_.commit(), Error);
    EXPECT_EQ(connection_.depth(), 1);
    connection_.commit();
    EXPECT_EQ(count(), 1);
}

TEST_F(ConnectionTest, OthersSeeACommitOnly) {
    exec("create table item (n int)");
    Connection other{url_, kConnectTimeoutMs, 1000};
    connection_.begin();
    exec("insert into item values (1)");
    EXPECT_EQ(other.exec({}, "select count(*) from item", {}).i64(0, 0), 0);
    connection_.commit();
    EXPECT_EQ(other.exec({}, "select count(*) from item", {}).i64(0, 0), 1);
}

// --- scripts ---

TEST_F(ConnectionTest, AScriptRunsWholeOrNotAtAll) {
    connection_.exec_script({}, "create table item (n int); insert into item values (1), (2);");
    EXPECT_EQ(count(), 2);
    try {
        connection_.exec_script({}, "insert into item values (3);\n-- é 😀\ninsert into item\nvalues (nothing);");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.sqlstate(), "42703");
        EXPECT_TRUE(std::string{error.what()}.starts_with("line 4: ")) << error.what();
    }
    EXPECT_EQ(count(), 2);
    EXPECT_THROW(connection_.exec_script({}, "select 1\0"s), Error);
}

TEST_F(ConnectionTest, AScriptThatFailsLeavesTheTransactionAroundIt) {
    exec("create table item (n int)");
    connection_.begin();
    exec("insert into item values (1)");
    EXPECT_THROW(connection_.exec_script({}, "insert into item values (2); select 1/0;"), Error);
    connection_.exec_script({}, "insert into item values (3)");
    EXPECT_EQ(exec("select current_setting('statement_timeout')").text(0, 0), "1s");
    connection_.commit();
    EXPECT_EQ(count(), 2);
}

TEST_F(ConnectionTest, AScriptMayTakeLongerThanAStatement) {
    connection_.exec_script({}, "select pg_sleep(1.2)");
    EXPECT_EQ(exec("select current_setting('statement_timeout')").text(0, 0), "1s");
}

TEST_F(ConnectionTest, AScriptThatEndsItsTransactionOrCopiesCostsTheConnection) {
    Connection first{url_, kConnectTimeoutMs, 1000}, second{url_, kConnectTimeoutMs, 1000};
    EXPECT_THROW(first.exec_script({}, "select 1; commit; select 2"), Error);
    EXPECT_FALSE(first.usable());
    EXPECT_THROW(second.exec_script({}, "create table item (n int); copy item from stdin"), Error);
    EXPECT_FALSE(second.usable());
    EXPECT_EQ(first.depth() + second.depth(), 0);
}
