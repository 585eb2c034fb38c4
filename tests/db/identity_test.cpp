#include "db/connection.hpp"

#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace host::db;

namespace {

class IdentityTest : public testing::Test {
protected:
    IdentityTest() {
        connection_.exec_script({}, R"(
            do $$ begin
                create role identity_a nologin; create role identity_b nologin;
            exception when duplicate_object then null; end $$;
            create schema a authorization identity_a; create schema b authorization identity_b;
            create table public.ledger (n int);
        )");
        connection_.exec_script(kA, "create table item (name text); insert into item values ('of a')");
        connection_.exec_script(kB, "create table item (id int, name text); insert into item values (1, 'of b')");
    }

    std::string sqlstate(const Identity& identity, std::string_view sql) {
        try {
            connection_.exec(identity, sql, {});
        } catch (const Error& error) {
            return error.sqlstate();
        }
        return "none";
    }
    std::string who(const Identity& identity) {
        const Rows rows = connection_.exec(identity, "select current_user || ' ' || current_setting('search_path')", {});
        return std::string{rows.text(0, 0)};
    }

    const Identity kA{"identity_a", "a"}, kB{"identity_b", "b"}, kHost{};
    const std::string kHostIs = "postgres \"$user\",public";
    Connection connection_{support::fresh_database(), 3000, 1000};
};

}  // namespace

TEST_F(IdentityTest, PostgreSQLItselfRefusesTheRest) {
    EXPECT_EQ(sqlstate(kA, "select * from b.item"), "42501");
    EXPECT_EQ(sqlstate(kA, "delete from public.ledger"), "42501");
    EXPECT_EQ(sqlstate(kA, "drop table b.item"), "42501");
    EXPECT_EQ(sqlstate(kA, "create role another"), "42501");
    EXPECT_EQ(sqlstate(kA, "create table public.mine (n int)"), "42501");
    EXPECT_EQ(sqlstate(kHost, "delete from public.ledger"), "none");
    EXPECT_EQ(sqlstate(kA, "delete from public.ledger"), "42501");
}

TEST_F(IdentityTest, AnUnknownRoleIsAnErrorAndChangesNothing) {
    EXPECT_EQ(sqlstate({"identity_none", "a"}, "select 1"), "22023");
    EXPECT_EQ(who(kHost), kHostIs);
    EXPECT_EQ(who(kA), "identity_a a");
    EXPECT_EQ(sqlstate({"identity_none", "a"}, "select 1"), "22023");
    EXPECT_EQ(who(kA), "identity_a a");
    EXPECT_EQ(who(kHost), kHostIs);
}

TEST_F(IdentityTest, TheSameTextMeansAnotherTable) {
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(connection_.exec(kA, "select * from item", {}).columns(), 1u);
        EXPECT_EQ(connection_.exec(kB, "select * from item", {}).columns(), 2u);
    }
}

TEST_F(IdentityTest, AFailedStatementTakesItsSwitchBack) {
    EXPECT_EQ(who(kA), "identity_a a");
    EXPECT_EQ(sqlstate(kB, "select 1/0"), "22012");
    EXPECT_EQ(who(kA), "identity_a a");
    EXPECT_EQ(sqlstate(kHost, "select 1/0"), "22012");
    EXPECT_EQ(who(kA), "identity_a a");
    EXPECT_EQ(sqlstate(kHost, "select nothing"), "42703");
    EXPECT_EQ(who(kHost), kHostIs);
}

TEST_F(IdentityTest, ARollbackTakesTheSwitchBack) {
    EXPECT_EQ(who(kHost), kHostIs);
    connection_.begin();
    EXPECT_EQ(who(kA), "identity_a a");
    connection_.begin();
    EXPECT_EQ(who(kB), "identity_b b");
    connection_.rollback();
    EXPECT_EQ(who(kA), "identity_a a");
    connection_.begin();
    EXPECT_EQ(who(kB), "identity_b b");
    connection_.commit();
    EXPECT_EQ(who(kB), "identity_b b");
    connection_.rollback();
    EXPECT_EQ(who(kHost), kHostIs);
}

TEST_F(IdentityTest, ARollbackAfterAFailureTakesTheSwitchBack) {
    EXPECT_EQ(who(kA), "identity_a a");
    connection_.begin();
    EXPECT_EQ(sqlstate(kB, "select 1/0"), "22012");
    connection_.rollback();
    EXPECT_EQ(who(kA), "identity_a a");
    connection_.begin();
    EXPECT_EQ(who(kB), "identity_b b");
    EXPECT_EQ(sqlstate(kHost, "select 1/0"), "22012");
    EXPECT_THROW(connection_.commit(), Error);
    EXPECT_EQ(who(kA), "identity_a a");
}

TEST_F(IdentityTest, ACommitKeepsTheSwitch) {
    connection_.begin();
    EXPECT_EQ(who(kA), "identity_a a");
    connection_.commit();
    EXPECT_TRUE(connection_.has(kA));
    EXPECT_EQ(who(kA), "identity_a a");
    EXPECT_EQ(who(kHost), kHostIs);
}

TEST_F(IdentityTest, AScriptCannotLeaveAnotherIdentityBehind) {
    connection_.exec_script(kHost, "set role identity_a; set search_path = b");
    EXPECT_EQ(who(kHost), kHostIs);
    EXPECT_EQ(who(kB), "identity_b b");
    EXPECT_THROW(connection_.exec_script(kB, "select * from a.item"), Error);
    EXPECT_EQ(who(kB), "identity_b b");
}
