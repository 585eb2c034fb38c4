#include "db/migrator.hpp"

#include "base/file.hpp"
#include "base/random.hpp"
#include "support/postgres.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <set>
#include <string>

using namespace host::db;
using host::base::Problems;
namespace fs = std::filesystem;
using namespace std::string_literals;

namespace {

class MigratorTest : public testing::Test {
protected:
    MigratorTest() { fs::create_directories(folder_); }
    ~MigratorTest() override { fs::remove_all(folder_); }

    void write(const std::string& name, const std::string& sql) { host::base::write_file(folder_ / name, sql); }
    host::base::Result<int> run(Phase phase = Phase::expand, const std::string& owner = "core") {
        auto migrations = read_migrations(folder_);
        if (!migrations) return migrations.problems();
        return migrate(connection_, owner, {}, *migrations, phase);
    }
    static std::multiset<std::string> codes(const Problems& problems) {
        std::multiset<std::string> found;
        for (const auto& problem : problems) found.insert(problem.code);
        return found;
    }
    bool exists(const char* table) {
        const Param params[] = {table};
        return connection_.exec({}, "select to_regclass($1) is not null", params).boolean(0, 0);
    }
    std::int64_t recorded() { return connection_.exec({}, "select count(*) from core.plugin_migration", {}).i64(0, 0); }

    fs::path folder_ = fs::temp_directory_path() / ("guichet-migrator-test-" + host::base::random_token(9));
    std::string url_ = support::fresh_database();
    Connection connection_{url_, 3000, 1000};
};

}  // namespace

// --- files ---

TEST_F(MigratorTest, EveryWrongFileIsReported) {
    write("1_short.expand.sql", "select 1");
    write("0001_Upper.expand.sql", "select 1");
    write("0002_phase.other.sql", "select 1");
    write("readme.txt", "");
    write("0003_a.expand.sql", "select 1");
    write("0003_b.expand.sql", "select 1");
    write("0003_c.contract.sql", "select 1");
    write("0004_empty.expand.sql", "-- nothing\n");
    write("0005_control.expand.sql", "create table t (n int);\n/* */ COMMIT;");
    write("0006_text.expand.sql", "select '\xff'");
    const auto result = read_migrations(folder_);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(codes(result.problems()), (std::multiset<std::string>{"migration.name", "migration.name", "migration.name", "migration.name",
                                                                    "migration.number", "migration.empty", "migration.transaction", "migration.text"}));
}

TEST_F(MigratorTest, AMissingFolderIsEmptyAndFilesComeInOrder) {
    EXPECT_TRUE(read_migrations(folder_ / "none")->empty());
    write("0010_c.expand.sql", "select 'commit;'");
    write("0002_b.expand.sql", "select 2");
    write("0001_a.contract.sql", "select 1");
    const auto migrations = read_migrations(folder_);
    ASSERT_TRUE(migrations.ok());
    ASSERT_EQ(migrations->size(), 3u);
    EXPECT_EQ((*migrations)[0].number, 2);
    EXPECT_EQ((*migrations)[1].number, 10);
    EXPECT_EQ((*migrations)[2].phase, Phase::contract);
    EXPECT_EQ((*migrations)[0].sha256.size(), 64u);
}

// --- applying ---

TEST_F(MigratorTest, AFailingStatementUndoesEverything) {
    prepare_ledger(connection_);
    write("0001_good.expand.sql", "create table good (n int)");
    write("0002_bad.expand.sql", "create table bad (n int);\n\ninsert into bad values ('x');");
    const auto result = run();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problems()[0].code, "migration.failed");
    EXPECT_EQ(result.problems()[0].path, "0002_bad.expand.sql");
    EXPECT_TRUE(result.problems()[0].message.starts_with("line 3: ")) << result.problems()[0].message;
    EXPECT_FALSE(exists("good"));
    EXPECT_FALSE(exists("bad"));
    EXPECT_EQ(recorded(), 0);
    EXPECT_EQ(connection_.depth(), 0);
    write("0002_bad.expand.sql", "create table bad (n int)");
    EXPECT_EQ(*run(), 2);
}

TEST_F(MigratorTest, AnAppliedFileMayNotChange) {
    prepare_ledger(connection_);
    write("0001_a.expand.sql", "create table a (n int)");
    ASSERT_EQ(*run(), 1);
    write("0001_a.expand.sql", "create table a (n bigint)");
    write("0002_b.expand.sql", "create table b (n int)");
    const auto result = run();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problems()[0].code, "migration.changed");
    EXPECT_EQ(result.problems()[0].path, "0001_a.expand.sql");
    EXPECT_FALSE(exists("b"));
    EXPECT_EQ(recorded(), 1);
}

TEST_F(MigratorTest, OnlyWhatIsMissingRuns) {
    prepare_ledger(connection_);
    write("0002_b.expand.sql", "create table b (n int)");
    EXPECT_EQ(*run(), 1);
    EXPECT_EQ(*run(), 0);
    write("0001_a.expand.sql", "create table a (n int)");
    write("0003_drop.contract.sql", "drop table b");
    EXPECT_EQ(*run(), 1);
    EXPECT_TRUE(exists("b"));
    EXPECT_EQ(*run(Phase::contract), 1);
    EXPECT_FALSE(exists("b"));
    EXPECT_EQ(recorded(), 3);
}

TEST_F(MigratorTest, OwnersCountForThemselves) {
    prepare_ledger(connection_);
    write("0001_a.expand.sql", "select 1");
    EXPECT_EQ(*run(Phase::expand, "tickets"), 1);
    EXPECT_EQ(*run(Phase::expand, "directory"), 1);
    EXPECT_EQ(recorded(), 2);
}

TEST_F(MigratorTest, RunsUnderTheIdentity) {
    prepare_ledger(connection_);
    connection_.exec_script({}, R"(do $$ begin create role migrator_p nologin; exception when duplicate_object then null; end $$;
        create schema mine authorization migrator_p)");
    const Identity identity{"migrator_p", "mine"};
    Migration own{1, Phase::expand, "own", "sum", "create table item (n int)"};
    Migration foreign{2, Phase::expand, "foreign", "sum", "delete from core.plugin_migration"};
    EXPECT_EQ(*migrate(connection_, "mine", identity, {own}, Phase::expand), 1);
    EXPECT_TRUE(exists("mine.item"));
    const auto refused = migrate(connection_, "mine", identity, {own, foreign}, Phase::expand);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.problems()[0].path, "0002_foreign.expand.sql");
    EXPECT_EQ(recorded(), 1);
}

TEST_F(MigratorTest, ATableInUseIsAProblemNotAHang) {
    prepare_ledger(connection_);
    connection_.exec({}, "create table item (n int)", {});
    Connection other{url_, 3000, 1000};
    other.begin();
    other.exec({}, "select * from item", {});
    write("0001_alter.expand.sql", "alter table item add m int");
    const auto result = run();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.problems()[0].code, "migration.failed");
    other.rollback();
    EXPECT_EQ(*run(), 1);
}

TEST_F(MigratorTest, ALostConnectionIsAnException) {
    prepare_ledger(connection_);
    write("0001_end.expand.sql", "select pg_terminate_backend(pg_backend_pid())");
    EXPECT_THROW((void)run(), Unavailable);
}

TEST_F(MigratorTest, SeveralHostsAtOnce) {
    write("0001_a.expand.sql", "create table a (n int); select pg_sleep(0.3)");
    write("0002_b.expand.sql", "create table b (n int)");
    const auto migrations = *read_migrations(folder_);
    std::vector<std::future<int>> hosts;
    for (int i = 0; i < 4; ++i)
        hosts.push_back(std::async(std::launch::async, [&] {
            Connection connection{url_, 3000, 1000};
            prepare_ledger(connection);
            return *migrate(connection, "core", {}, migrations, Phase::expand);
        }));
    int ran = 0;
    for (auto& host : hosts) ran += host.get();
    EXPECT_EQ(ran, 2);
    EXPECT_EQ(recorded(), 2);
    EXPECT_NO_THROW(prepare_ledger(connection_));
}
