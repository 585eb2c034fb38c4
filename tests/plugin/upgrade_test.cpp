// Upgrades: a failure at any step changes nothing; what the new version takes away from the database waits for
// the old version to be gone everywhere; until then there is a way back.
#include "desk.hpp"
#include "support/wait.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace host::plugin_tests {
namespace {

using plugin::Operation;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// --- failures ---

constexpr std::string_view kFailAtCommit =
    "create function core.boom() returns trigger language plpgsql as $$ begin %s; end $$; "
    "create constraint trigger boom after insert or update on core.plugin deferrable initially deferred for each row "
    "when (new.id = 'hostile' and new.error is null and new.package_sha256 is not null) execute function core.boom()";

std::string fail_at_commit(const std::string& how) {
    std::string sql{kFailAtCommit};
    return sql.replace(sql.find("%s"), 2, how);
}

struct Step {
    const char* name;
    const char* package;                      // a package of the id "hostile" that is fine until this step
    std::function<void(Desk&)> sabotage;      // before the operation
    std::function<void(Desk&)> repair;        // after it
    const char* phase;                        // recorded; "" when nothing can be recorded
    const char* reason;
};
void PrintTo(const Step& step, std::ostream* out) { *out << step.name; }

void nothing(Desk&) {}

// The run folder cannot be written to. Names of what is mapped move along with it.
void block_run_folder(Desk& desk) {
    std::filesystem::create_directories(desk.state.path() / "run");
    std::filesystem::rename(desk.state.path() / "run", desk.state.path() / "away");
    std::ofstream{desk.state.path() / "run"} << "in the way";
}
void free_run_folder(Desk& desk) {
    std::filesystem::remove(desk.state.path() / "run");
    std::filesystem::rename(desk.state.path() / "away", desk.state.path() / "run");
}
void script(Desk& desk, const std::string& sql) { desk.pool.acquire()->exec_script({}, sql); }
void drop_trigger(Desk& desk) {
    EXPECT_TRUE(support::wait_until([&] {
        try {
            script(desk, "drop function core.boom() cascade");
            return true;
        } catch (const db::Error&) {
            return false;  // the pool fails fast for a moment after a lost connection
        }
    }));
}

const Step kSteps[] = {
    {"main", "wrong_version", nothing, nothing, "load", "the library says version '9.9.9'"},
    {"create", "throws_constructor_error", nothing, nothing, "load", "create failed: thrown on purpose"},
    {"bind", "throws_bind_error", nothing, nothing, "load", "bind failed: thrown on purpose"},
    {"bound", "missing_handler", nothing, nothing, "load", "names the handler 'c'"},
    {"start", "throws_start_error", nothing, nothing, "load", "start failed: thrown on purpose"},
    {"dlopen", "unresolved", nothing, nothing, "load", "function_that_nobody_has"},
    {"copy", "callbacks", block_run_folder, free_run_folder, "load", "cannot be copied"},
    {"commit", "callbacks", [](Desk& desk) { script(desk, fail_at_commit("raise exception 'no more'")); }, drop_trigger, "record", "no more"},
    {"connection", "callbacks",
     [](Desk& desk) { script(desk, fail_at_commit("perform pg_terminate_backend(pg_backend_pid()); return null")); }, drop_trigger, "",
     "database"},
};

class FailingStep : public DeskTest, public testing::WithParamInterface<Step> {
protected:
    const Step& step() const { return GetParam(); }
    void expect_nothing_changed(const std::shared_ptr<const plugin::Snapshot>& before, const std::set<std::string>& mapped) {
        EXPECT_EQ(desk_.registry.current(), before);
        EXPECT_TRUE(desk_.settled());
        EXPECT_EQ(desk_.mapped(), mapped);
        EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
        EXPECT_EQ(desk_.module("hostile").error_phase, step().phase);
        EXPECT_THAT(desk_.module("hostile").error_message, HasSubstr(*step().phase ? step().reason : ""));
    }
};

TEST_P(FailingStep, OfEnableLeavesWhatWas) {
    packages_.add("good1", "good");
    packages_.add(step().package, "hostile");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    const auto before = desk_.registry.current();
    const auto mapped = desk_.mapped();
    step().sabotage(desk_);
    const auto result = lifecycle_.enable("hostile");
    step().repair(desk_);
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(outcome(result), HasSubstr(step().reason));
    expect_nothing_changed(before, mapped);
    EXPECT_FALSE(desk_.module("hostile").wanted);
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.registry.current(), before);
}

TEST_P(FailingStep, OfUpgradeLeavesWhatWas) {
    packages_.add("good1", "good");
    packages_.add("wild", "hostile");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    ASSERT_TRUE(lifecycle_.enable("hostile").ok());
    const auto chosen = desk_.module("hostile").active_sha256;
    const auto before = desk_.registry.current();
    const auto mapped = desk_.mapped();
    packages_.remove("hostile");
    packages_.add(step().package, "hostile");
    step().sabotage(desk_);
    const auto result = lifecycle_.enable("hostile");
    step().repair(desk_);
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(outcome(result), HasSubstr(step().reason));
    expect_nothing_changed(before, mapped);
    EXPECT_EQ(desk_.module("hostile").state, "active");
    EXPECT_EQ(desk_.module("hostile").active_sha256, chosen);
    EXPECT_EQ(desk_.scalar("select package_sha256 from core.plugin where id = 'hostile'"), chosen);
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.get("/hostile/status").status, GUICHET_E_INTERNAL);  // of the old one: 4711
}

INSTANTIATE_TEST_SUITE_P(Table, FailingStep, testing::ValuesIn(kSteps), [](const auto& p) { return std::string{p.param.name}; });

// --- contracting and going back ---

class UpgradeTest : public DeskTest {
protected:
    // good 1.1.0, which takes the table of 1.0.0 away when nobody needs it any more.
    std::filesystem::path contracting() {
        const auto folder = packages_.add("good2", "new");
        Packages::write(folder / "sql/0002_no_notes.contract.sql", "drop table note cascade");
        std::filesystem::rename(folder, desk_.state.path() / "new");
        return desk_.state.path() / "new";
    }
    bool contracted() { return desk_.scalar("select (to_regclass('good.note') is null)::text") == "true"; }
    void start_with_good1() {
        ASSERT_TRUE(lifecycle_.install(built("good1")).ok());
        ASSERT_TRUE(lifecycle_.enable("good").ok());
    }
    // Another host, seen so many seconds ago, with these packages in memory.
    void pretend_process(const std::string& id, int seconds_ago, const std::string& sha256) {
        desk_.pool.exec("insert into core.process (id, host, pid, generation, plugins, seen_at) values ($1, 'other', 1, 1, "
                        "jsonb_build_object('good', jsonb_build_array($2::text)), clock_timestamp() - make_interval(secs => $3))",
                        {id, sha256, seconds_ago});
    }
    base::Result<std::string> roll_back() { return lifecycle_.perform({Operation::Kind::rollback, "good", false, {}, {}}); }
};

TEST_F(UpgradeTest, AFirstVersionIsContractedAtOnce) {
    ASSERT_TRUE(lifecycle_.install(contracting()).ok());
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_TRUE(contracted());
    EXPECT_THAT(desk_.module("good").contract_pending, IsEmpty());
}

TEST_F(UpgradeTest, ContractingWaitsForTheLastRequestOfTheOldVersion) {
    start_with_good1();
    auto request = desk_.registry.current();
    ASSERT_TRUE(lifecycle_.install(contracting()).ok());
    EXPECT_EQ(desk_.body("/good/version"), "1.1.0");
    lifecycle_.reconcile();
    EXPECT_FALSE(contracted());
    EXPECT_THAT(desk_.module("good").contract_pending, ElementsAre("0002_no_notes.contract.sql"));
    EXPECT_EQ(desk_.module("good").contract_waits_for, 1);
    EXPECT_EQ(desk_.get("/good/notes/1", request).error, "no such note");  // its table is there
    request.reset();
    ASSERT_TRUE(desk_.settled());
    lifecycle_.reconcile();
    EXPECT_TRUE(contracted());
    EXPECT_EQ(desk_.module("good").contract_waits_for, 0);
}

TEST_F(UpgradeTest, ContractingWaitsForOtherProcessesThatLive) {
    start_with_good1();
    const auto old = desk_.module("good").active_sha256;
    pretend_process("alive", 20, old);
    pretend_process("dead", 31, old);
    ASSERT_TRUE(lifecycle_.install(contracting()).ok());
    ASSERT_TRUE(desk_.settled());
    lifecycle_.reconcile();
    EXPECT_FALSE(contracted());
    EXPECT_EQ(desk_.module("good").contract_waits_for, 1);
    desk_.pool.exec("update core.process set plugins = jsonb_build_object('good', jsonb_build_array($1::text, $2::text)) where id = 'alive'",
                    {old, desk_.module("good").active_sha256});  // upgraded, still draining
    lifecycle_.reconcile();
    EXPECT_FALSE(contracted());
    desk_.pool.exec("update core.process set plugins = '{}' where id = 'alive'");
    lifecycle_.reconcile();
    EXPECT_TRUE(contracted());
}

TEST_F(UpgradeTest, TwoHostsContractOnlyTogether) {
    packages_.add("good1", "good");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    Desk other{database_, packages_.path()};
    other.lifecycle.start();
    std::filesystem::rename(contracting(), packages_.path() / "good-new");
    ASSERT_TRUE(lifecycle_.perform({Operation::Kind::upgrade, "good", false, {}, {}}).ok());
    ASSERT_TRUE(desk_.settled());
    lifecycle_.reconcile();
    EXPECT_FALSE(contracted());
    EXPECT_EQ(desk_.module("good").contract_waits_for, 1);
    EXPECT_EQ(other.body("/good/version"), "1.0.0");
    other.lifecycle.reconcile();
    EXPECT_EQ(other.body("/good/version"), "1.1.0");
    ASSERT_TRUE(other.settled());
    other.lifecycle.reconcile();  // says that the old one is gone, and may contract itself
    EXPECT_TRUE(contracted());
    EXPECT_THAT(desk_.module("good").contract_pending, IsEmpty());
}

TEST_F(UpgradeTest, AFailingContractIsSaidAndTriedAgain) {
    start_with_good1();
    const auto folder = contracting();
    Packages::write(folder / "sql/0002_no_notes.contract.sql", "drop table nothing_there");
    ASSERT_TRUE(lifecycle_.install(folder).ok());
    ASSERT_TRUE(desk_.settled());
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.module("good").state, "active");
    EXPECT_EQ(desk_.module("good").error_phase, "contract");
    EXPECT_THAT(desk_.module("good").error_message, HasSubstr("nothing_there"));
    script(desk_, "set role guichet_p_good; create table good.nothing_there (); reset role");
    lifecycle_.reconcile();
    EXPECT_THAT(desk_.module("good").contract_pending, IsEmpty());
    EXPECT_EQ(desk_.module("good").error_message, "");
}

TEST_F(UpgradeTest, ARollbackReturnsToThePreviousPackage) {
    start_with_good1();
    EXPECT_THAT(outcome(roll_back()), HasSubstr("good was never upgraded"));
    ASSERT_TRUE(lifecycle_.install(built("good2")).ok());
    EXPECT_EQ(desk_.module("good").previous_version, "1.0.0");
    EXPECT_EQ(outcome(roll_back()), "good 1.0.0 is enabled; it was 1.1.0.");
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
    EXPECT_EQ(outcome(roll_back()), "good 1.1.0 is enabled; it was 1.0.0.");  // and forward again
    ASSERT_TRUE(lifecycle_.disable("good").ok());
    EXPECT_THAT(outcome(roll_back()), HasSubstr("good is not enabled"));
}

TEST_F(UpgradeTest, ARollbackWhileContractingWaitsCallsItOff) {
    start_with_good1();
    auto request = desk_.registry.current();
    ASSERT_TRUE(lifecycle_.install(contracting()).ok());
    EXPECT_EQ(outcome(roll_back()), "good 1.0.0 is enabled; it was 1.1.0.");
    request.reset();
    ASSERT_TRUE(desk_.settled());
    lifecycle_.reconcile();
    EXPECT_FALSE(contracted());
}

TEST_F(UpgradeTest, ThereIsNoWayBackBehindAContract) {
    start_with_good1();
    ASSERT_TRUE(lifecycle_.install(contracting()).ok());
    ASSERT_TRUE(desk_.settled());
    lifecycle_.reconcile();
    ASSERT_TRUE(contracted());
    const auto before = desk_.registry.current();
    EXPECT_THAT(outcome(roll_back()),
                HasSubstr("good 1.0.0 cannot run any more: a newer version has removed what it needs from the database (0002_no_notes.contract.sql)"));
    EXPECT_THAT(outcome(lifecycle_.install(built("good1"))), HasSubstr("cannot run any more"));
    EXPECT_EQ(desk_.registry.current(), before);

    Desk late{database_, packages_.path()};  // a host that only has the old package
    packages_.add("good1", "good");
    late.lifecycle.start();
    EXPECT_TRUE(late.registry.current()->generations().empty());
    EXPECT_THAT(late.module("good").error_message, HasSubstr("cannot run any more"));
}

TEST_F(UpgradeTest, AProcessThatStopsIsGone) {
    packages_.add("good1", "good");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_EQ(desk_.scalar("select count(*)::text from core.process"), "1");
    EXPECT_EQ(desk_.scalar("select plugins->'good'->>0 from core.process"), desk_.module("good").active_sha256);
    {
        Desk other{database_, packages_.path()};
        other.lifecycle.start();
        EXPECT_EQ(desk_.scalar("select count(*)::text from core.process"), "2");
    }
    EXPECT_EQ(desk_.scalar("select count(*)::text from core.process"), "1");
}

}  // namespace
}  // namespace host::plugin_tests
