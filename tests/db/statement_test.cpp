#include "db/statement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace host::db;
using testing::ElementsAre;

TEST(Statement, NotPlain) {
    for (const char* sql : {"", ";", "--", "/* select 1 */", "begin", "BEGIN;", "  commit", "/* x */ rollback", "-- x\nsavepoint a", "release a", "start transaction",
                            "end", "abort", "prepare transaction 'x'", "prepare x as select 1", "set role none", "SET search_path = x", "reset all", "discard all",
                            "listen x", "unlisten *", "notify x", "copy t from stdin", "do $$ begin end $$", "create role x", "grant a to b", "drop table t",
                            "call p()", "vacuum", "explain select 1", "execute x", "deallocate all", "declare c cursor for select 1", "fetch c",
                            "select 1; select 2", "select 1;commit", "select 1; -- x\n set role none", "/* /* */ select 1", "/* /* */ */ set role none",
                            "(set role none)", "select 'x' ; begin", "select $$;$$; begin", "select e'\\''; begin", "select '\\'; begin", "selection 1",
                            "select $a$;$b$;$a$; begin", "select \"a\"; begin", "select 1 -- '\n; begin", "select $1;begin", "select a$b$;begin;select b$b$"})
        EXPECT_FALSE(is_plain_statement(sql)) << sql;
}

TEST(Statement, Plain) {
    for (const char* sql : {"select 1", " \n\t SELECT 1", "select 1;", "select 1 ; -- done\n /* yes */", "/* a /* b */ c */ select 1", "-- a\r\n-- b\nselect 1",
                            "(select 1) union (select 2)", "( /* x */ ( select 1))", "with x as (select 1) select * from x", "insert into t values (1)",
                            "update t set a = 1", "delete from t", "merge into t using s on true when matched then do nothing", "values (1)", "table t",
                            "lock table t", "select ';commit'", "select 'it''s; begin'", "select e'\\';begin'", "select $$;begin;$$", "select $x$;$$;begin$x$",
                            "select \"a;begin\"", "select \"a\"\";begin\" from t", "select 1 -- ;begin", "select /* ;begin */ 1", "select $1, $2", "select a$b$ from t",
                            "select 'e';", "select U&'\\0041;'"})
        EXPECT_TRUE(is_plain_statement(sql)) << sql;
}

TEST(Statement, Split) {
    EXPECT_THAT(split_statements("create table t (a text default ';'); -- x;\n\ninsert into t values ('é') ;; select $$a;b$$"),
                ElementsAre("create table t (a text default ';')", "insert into t values ('é') ", "select $$a;b$$"));
    EXPECT_THAT(split_statements("select 'never closed; "), ElementsAre("select 'never closed; "));
    EXPECT_THAT(split_statements("/* never closed; "), ElementsAre());
}

TEST(Statement, TransactionControl) {
    for (const char* sql : {"begin", "Commit", "END", "rollback to savepoint x", "prepare transaction 'x'", "abort", "start transaction", "release x"})
        EXPECT_TRUE(is_transaction_control(sql)) << sql;
    for (const char* sql : {"create function f() returns int language plpgsql as $$ begin commit; end $$", "prepare x as select 1", "beginning", "select 'commit'"})
        EXPECT_FALSE(is_transaction_control(sql)) << sql;
}
