#include "desk.hpp"
#include "support/wait.hpp"

#include <gmock/gmock.h>

namespace host::plugin_tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LifecycleTest : public DeskTest {
protected:
    // A package with one more migration than its library was built with.
    std::filesystem::path with_migration(std::string_view name, const std::string& sql, std::string_view as) {
        const auto folder = packages_.add(name, as);
        Packages::write(folder / "sql/0002_more.expand.sql", sql);
        return folder;
    }
    std::vector<std::string> active() const {
        std::vector<std::string> out;
        for (const auto& g : desk_.registry.current()->generations()) out.push_back(g->id() + ' ' + g->manifest().version);
        return out;
    }
    void want(const std::string& id) { desk_.pool.exec("insert into core.plugin (id, wanted) values ($1, 'enabled')", {id}); }
};

// --- enabling and disabling ---

TEST_F(LifecycleTest, UnknownModulesAreProblems) {
    EXPECT_THAT(outcome(lifecycle_.enable("nothing")), HasSubstr("no package of 'nothing' is installed"));
    EXPECT_THAT(outcome(lifecycle_.disable("nothing")), HasSubstr("never enabled"));
    EXPECT_THAT(active(), IsEmpty());
}

TEST_F(LifecycleTest, ThreeTimesOnAndOffLeavesNothing) {
    packages_.add("good1", "good");
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(outcome(lifecycle_.enable("good")), "good 1.0.0 is enabled.");
        EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
        EXPECT_EQ(desk_.mapped().size(), 1u);
        EXPECT_EQ(outcome(lifecycle_.enable("good")), "good 1.0.0 is enabled already.");
        EXPECT_EQ(outcome(lifecycle_.disable("good")), "good is disabled. Its data are kept.");
        EXPECT_EQ(desk_.get("/good/version").error, "no route");
        expect_nothing_mapped();
    }
    const auto stats = desk_.reaper.stats();
    EXPECT_EQ(stats.unmapped, 3u);
    EXPECT_EQ(stats.still_mapped, 0u);
}

TEST_F(LifecycleTest, ARequestKeepsItsPluginUntilItEnds) {
    packages_.add("good1", "good");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    auto request = desk_.registry.current();
    ASSERT_TRUE(lifecycle_.disable("good").ok());
    EXPECT_FALSE(desk_.reaper.wait_idle(std::chrono::milliseconds{0}));
    EXPECT_EQ(desk_.reaper.stats().waiting, 1u);
    EXPECT_EQ(desk_.mapped().size(), 1u);
    EXPECT_EQ(desk_.get("/good/version").error, "no route");
    EXPECT_EQ(desk_.get("/good/version", request).body, "1.0.0");
    request.reset();
    expect_nothing_mapped();
}

TEST_F(LifecycleTest, DependenciesComeAlongAndCannotLeaveAlone) {
    packages_.add("good1", "good");
    packages_.add("extra");
    EXPECT_EQ(outcome(lifecycle_.enable("extra")), "extra 1.0.0 is enabled, with what it requires: good 1.0.0.");
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "extra 1.0.0"));
    EXPECT_EQ(desk_.body("/extra"), "1.0.0 0");
    EXPECT_EQ(desk_.module("good").required_by, std::vector<std::string>{"extra"});

    EXPECT_THAT(outcome(lifecycle_.disable("good")), HasSubstr("good is required by extra"));
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "extra 1.0.0"));
    EXPECT_EQ(outcome(lifecycle_.disable("good", true)), "good is disabled, with what needs it: extra. Its data are kept.");
    EXPECT_THAT(active(), IsEmpty());
    EXPECT_EQ(desk_.scalar("select string_agg(id || ' ' || wanted, ',' order by id) from core.plugin"), "extra disabled,good disabled");
    expect_nothing_mapped();
}

TEST_F(LifecycleTest, ADependencyKeepsRunningWhenItsUserLeaves) {
    packages_.add("good1", "good");
    packages_.add("extra");
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    ASSERT_TRUE(lifecycle_.disable("extra").ok());
    EXPECT_THAT(active(), ElementsAre("good 1.0.0"));
    Desk second{database_, packages_.path()};
    second.lifecycle.start();
    EXPECT_EQ(second.body("/good/version"), "1.0.0");
}

TEST_F(LifecycleTest, BridgesFollow) {
    packages_.add("good1", "good");
    Packages::replace(packages_.add("strict_c") / "plugin.json", R"("manifest": 1)", R"("manifest": 1, "enable_when": ["good"])");
    EXPECT_EQ(outcome(lifecycle_.enable("good")), "good 1.0.0 is enabled, with strict_c 1.0.0.");
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "strict_c 1.0.0"));
    ASSERT_TRUE(lifecycle_.disable("good").ok());  // nobody asked for the bridge: it does not stand in the way
    EXPECT_THAT(active(), IsEmpty());
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    ASSERT_TRUE(lifecycle_.disable("strict_c").ok());
    EXPECT_THAT(active(), ElementsAre("good 1.0.0"));
    lifecycle_.reconcile();
    EXPECT_THAT(active(), ElementsAre("good 1.0.0"));  // the operator said no
    ASSERT_TRUE(lifecycle_.enable("strict_c").ok());
    EXPECT_THAT(active(), ElementsAre("good 1.0.0", "strict_c 1.0.0"));
}

// --- what a failing enable leaves behind ---

TEST_F(LifecycleTest, CollidingRoutesAreRefused) {
    packages_.add("good1", "good");
    Packages::replace(packages_.add("strict_c") / "plugin.json", "/strict_c", "/good/{anything}");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_TRUE(lifecycle_.enable("strict_c").ok());  // a literal beside a parameter is fine
    ASSERT_TRUE(lifecycle_.disable("strict_c").ok());
    Packages::replace(packages_.path() / "strict_c/plugin.json", "/good/{anything}", "/good/notes/{number}");
    const auto before = desk_.registry.current();
    EXPECT_THAT(outcome(lifecycle_.enable("strict_c")), HasSubstr("GET /good/notes/{number} collides"));
    EXPECT_EQ(desk_.registry.current(), before);
    Packages::replace(packages_.path() / "strict_c/plugin.json", "/good/notes/{number}", "/admin/{x}");
    EXPECT_THAT(outcome(lifecycle_.enable("strict_c")), HasSubstr("GET /admin/{x} collides"));
    EXPECT_EQ(desk_.module("strict_c").error_phase, "publish");
    EXPECT_TRUE(desk_.settled());
    EXPECT_EQ(desk_.mapped().size(), 1u);
}

TEST_F(LifecycleTest, WidgetsWithoutAPlaceAreRefused) {
    packages_.add("good1", "good");
    Packages::replace(packages_.add("extra") / "plugin.json", "\"slot\": \"good.page\"", "\"slot\": \"good.nowhere\"");
    EXPECT_THAT(outcome(lifecycle_.enable("extra")), HasSubstr("no active package has the slot 'good.nowhere'"));
    EXPECT_THAT(active(), IsEmpty());
    expect_nothing_mapped();
}

TEST_F(LifecycleTest, WidgetsThatWaitForEachOtherAreRefused) {
    const auto good = packages_.add("good1", "good");
    const auto extra = packages_.add("extra");
    Packages::replace(good / "plugin.json", "\"id\": \"good.tile\"", "\"order\": {\"after\": [\"extra.box\"]}, \"id\": \"good.tile\"");
    Packages::replace(extra / "plugin.json", "\"slot\": \"good.page\"", "\"slot\": \"core.home\"");
    Packages::replace(extra / "plugin.json", "good.other", "good.tile");
    EXPECT_THAT(outcome(lifecycle_.enable("extra")), HasSubstr("contradict each other in the slot 'core.home'"));
}

TEST_F(LifecycleTest, UnsafeTemplatesAreRefused) {
    const auto folder = packages_.add("good1", "good");
    Packages::write(folder / "templates/list.html", "<a onclick=\"go({{ x }})\">{{ x }}</a>");
    EXPECT_THAT(base::to_text(lifecycle_.check(folder)), HasSubstr("list.html"));
    EXPECT_THAT(outcome(lifecycle_.enable("good")), HasSubstr("list.html"));
    EXPECT_THAT(active(), IsEmpty());
    expect_nothing_mapped();
    EXPECT_EQ(desk_.module("good").state, "failed");
}

TEST_F(LifecycleTest, AFailureIsForgottenWhenItIsMended) {
    const auto folder = with_migration("good1", "create table broken (", "good");
    ASSERT_FALSE(lifecycle_.enable("good").ok());
    EXPECT_EQ(desk_.module("good").error_phase, "database");
    Packages::write(folder / "sql/0002_more.expand.sql", "create table mended ()");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_EQ(desk_.module("good").state, "active");
    EXPECT_EQ(desk_.module("good").error_message, "");
}

// --- upgrades ---

TEST_F(LifecycleTest, UpgradesAndDowngradesWhileServing) {
    ASSERT_EQ(outcome(lifecycle_.install(built("good1"))), "good 1.0.0 is installed.");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
    EXPECT_EQ(outcome(lifecycle_.install(built("good2"))), "good 1.1.0 is installed. good 1.1.0 is enabled; it was 1.0.0.");
    EXPECT_EQ(desk_.body("/good/version"), "1.1.0");
    EXPECT_EQ(desk_.module("good").other_versions, std::vector<std::string>{"1.0.0"});
    EXPECT_EQ(outcome(lifecycle_.install(built("good1"))), "good 1.0.0 is installed. good 1.0.0 is enabled; it was 1.1.0.");
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
    EXPECT_TRUE(desk_.settled());
    EXPECT_EQ(desk_.mapped().size(), 1u);
    EXPECT_EQ(desk_.reaper.stats().unmapped, 2u);
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");  // what was installed last, not the highest
}

TEST_F(LifecycleTest, ARebuiltPackageIsAnUpgrade) {
    packages_.add("good1", "good");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    packages_.remove("good");
    packages_.add("good2", "good");
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");  // nobody asked for it
    const auto info = desk_.module("good");
    EXPECT_NE(info.sha256, info.active_sha256);
    EXPECT_EQ(outcome(lifecycle_.enable("good")), "good 1.1.0 is enabled; it was 1.0.0.");
    EXPECT_EQ(desk_.module("good").sha256, desk_.module("good").active_sha256);
}

TEST_F(LifecycleTest, AFailingUpgradeKeepsTheOldVersion) {
    ASSERT_TRUE(lifecycle_.install(built("good1")).ok());
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    const auto before = desk_.registry.current();
    const auto chosen = desk_.scalar("select package_sha256 from core.plugin where id = 'good'");
    const auto folder = with_migration("good2", "create table half (); select 1/0", "broken");
    std::filesystem::rename(folder, desk_.state.path() / "broken");
    EXPECT_THAT(outcome(lifecycle_.install(desk_.state.path() / "broken")), HasSubstr("division by zero"));
    EXPECT_EQ(desk_.registry.current(), before);
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
    EXPECT_EQ(desk_.scalar("select package_sha256 from core.plugin where id = 'good'"), chosen);
    EXPECT_EQ(desk_.scalar("select (to_regclass('good.half') is null)::text"), "true");
    EXPECT_EQ(desk_.module("good").state, "active");
    EXPECT_EQ(desk_.module("good").error_phase, "database");
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
}

TEST_F(LifecycleTest, AnAppliedMigrationMayNotChange) {
    ASSERT_TRUE(lifecycle_.install(built("good1")).ok());
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    const auto folder = packages_.add("good2");
    Packages::write(folder / "sql/0001_note.expand.sql", "create table something_else ()");
    EXPECT_THAT(outcome(lifecycle_.install(folder)), HasSubstr("0001"));
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
}

TEST_F(LifecycleTest, AnUpgradeMayNotBreakWhoRequiresIt) {
    ASSERT_TRUE(lifecycle_.install(built("good1")).ok());
    Packages::replace(packages_.add("extra") / "plugin.json", "\"good\": \"^1.0\"", "\"good\": \">=1.0 <1.1\"");
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    EXPECT_THAT(outcome(lifecycle_.install(built("good2"))), HasSubstr("extra 1.0.0 needs good >=1.0 <1.1, installed is 1.1.0"));
    EXPECT_EQ(desk_.body("/extra"), "1.0.0 0");
}

TEST_F(LifecycleTest, GrantsSurviveAViewMadeAnew) {
    ASSERT_TRUE(lifecycle_.install(built("good1")).ok());
    packages_.add("extra");
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    const auto folder = with_migration("good2", "drop view note_v1; create view note_v1 as select id, text from note", "next");
    ASSERT_TRUE(lifecycle_.install(folder).ok());
    EXPECT_EQ(desk_.body("/extra"), "1.1.0 0");
}

// --- the database of a plugin ---

TEST_F(LifecycleTest, PostgresKeepsPluginsApart) {
    packages_.add("good1", "good");
    packages_.add("extra");
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    const auto identity = desk_.registry.current()->find("extra")->identity();
    auto lease = desk_.pool.acquire();
    const auto refused = [&](std::string_view sql) {
        try {
            lease->exec(identity, sql, {});
            return std::string{"allowed"};
        } catch (const db::Error& e) {
            return e.sqlstate();
        }
    };
    EXPECT_EQ(refused("select count(*) from good.note_v1"), "allowed");
    for (const char* sql : {"select * from good.note", "delete from good.note", "select * from core.app_user", "select * from core.user_v1",
                            "drop table core.session", "create table core.mine ()", "update core.plugin set wanted = 'disabled'"})
        EXPECT_EQ(refused(sql), "42501") << sql;
}

TEST_F(LifecycleTest, OnlyPublishedViewsAreRead) {
    const auto folder = packages_.add("good1", "good");
    Packages::replace(folder / "plugin.json", "core.user_v1", "core.secret_v1");
    EXPECT_THAT(outcome(lifecycle_.enable("good")), HasSubstr("core.secret_v1: is not for plugins to read"));
    packages_.remove("good");
    packages_.add("good1", "good");
    Packages::replace(packages_.add("extra") / "plugin.json", "good.note_v1", "good.note_v2");
    EXPECT_THAT(outcome(lifecycle_.enable("extra")), HasSubstr("good.note_v2: there is no such view"));
}

TEST_F(LifecycleTest, SomebodyElsesSchemaIsNotTaken) {
    packages_.add("good1", "good");
    desk_.pool.exec("create schema good");
    EXPECT_THAT(outcome(lifecycle_.enable("good")), HasSubstr("the schema good exists and belongs to"));
}

TEST_F(LifecycleTest, WhatAnAdministratorRemovedStaysRemoved) {
    packages_.add("good1", "good");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    constexpr std::string_view kGrants =
        "select coalesce(string_agg(p.code || ' ' || g.permission || ' ' || g.level, ',' order by p.code, g.permission), '') "
        "from core.profile_grant g join core.profile p on p.id = g.profile_id where g.permission like 'good.%'";
    EXPECT_EQ(desk_.scalar(kGrants), "agent good.note.read 2,agent good.note.update 1,agent good.use 3,reader good.note.read 3");
    constexpr std::string_view kItems =
        "select string_agg(code || ' ' || (labels->>'fr') || ' ' || color, ',' order by position) from core.list_item";
    EXPECT_EQ(desk_.scalar(kItems), "a Un secondary,b Deux blue");
    desk_.pool.exec("delete from core.profile_grant where permission = 'good.note.update'");
    desk_.pool.exec("delete from core.list_item where code = 'a'");
    desk_.pool.exec("insert into core.list_deleted (list_id, code) values ('good.kind', 'a')");
    ASSERT_TRUE(lifecycle_.disable("good").ok());
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    ASSERT_TRUE(lifecycle_.install(built("good2")).ok());
    EXPECT_EQ(desk_.scalar(kGrants), "agent good.note.read 2,agent good.use 3,reader good.note.read 3");
    EXPECT_EQ(desk_.scalar(kItems), "b Deux blue");
}

TEST_F(LifecycleTest, DemoRunsUnderThePluginsRole) {
    const auto folder = packages_.add("good1", "good");
    EXPECT_THAT(outcome(lifecycle_.fill_demo(3)), HasSubstr("no enabled module has demo data"));
    Packages::write(
        folder / "demo/0001_notes.sql",
        "insert into note (text) select current_user || ' ' || n from generate_series(1, current_setting('guichet.demo_tickets')::int) n");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_EQ(outcome(lifecycle_.fill_demo(3)), "Demo data are in: good.");
    EXPECT_EQ(desk_.scalar("select string_agg(text, ',' order by id) from good.note"),
              "guichet_p_good 1,guichet_p_good 2,guichet_p_good 3");
    Packages::write(folder / "demo/0002_broken.sql", "insert into note (text) values ('half'); select 1/0");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_THAT(outcome(lifecycle_.fill_demo(1)), HasSubstr("division by zero"));
    EXPECT_EQ(desk_.scalar("select count(*)::text from good.note where text = 'half'"), "0");
}

// --- starting and following ---

TEST_F(LifecycleTest, OneBadPackageDoesNotKeepTheDeskClosed) {
    packages_.add("good1", "good");
    packages_.add("throws_start_error");
    Packages::replace(packages_.add("strict_c") / "plugin.json", R"("manifest": 1)", R"("manifest": 1, "requires": {"hostile": "^1.0"})");
    for (const char* id : {"good", "hostile", "strict_c", "gone"}) want(id);
    lifecycle_.start();
    EXPECT_THAT(active(), ElementsAre("good 1.0.0"));
    EXPECT_THAT(desk_.module("hostile").error_message, HasSubstr("thrown on purpose"));
    EXPECT_THAT(desk_.module("strict_c").error_message, HasSubstr("strict_c 1.0.0 needs hostile, which could not be started"));
    EXPECT_THAT(desk_.module("gone").error_message, HasSubstr("no package of 'gone' is installed"));
    EXPECT_TRUE(desk_.module("gone").wanted);
    EXPECT_EQ(desk_.module("gone").state, "failed");
    EXPECT_EQ(outcome(lifecycle_.disable("gone")), "gone is disabled. Its data are kept.");
}

TEST_F(LifecycleTest, CollisionsAtStartLeaveOneOut) {
    packages_.add("good1", "good");
    Packages::replace(packages_.add("strict_c") / "plugin.json", "/strict_c", "/good/version");
    want("good");
    want("strict_c");
    lifecycle_.start();
    EXPECT_THAT(active(), ElementsAre("good 1.0.0"));
    EXPECT_EQ(desk_.module("strict_c").error_phase, "publish");
    EXPECT_TRUE(desk_.settled());
    EXPECT_EQ(desk_.mapped().size(), 1u);
}

TEST_F(LifecycleTest, StartsWithAnotherPackageWhenTheChosenOneIsGone) {
    packages_.add("good2", "good");
    want("good");
    desk_.pool.exec("update core.plugin set package_sha256 = 'gone'");
    lifecycle_.start();
    EXPECT_THAT(active(), ElementsAre("good 1.1.0"));
}

TEST_F(LifecycleTest, ReconcilingWithoutChangeDoesNothing) {
    packages_.add("good1", "good");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    const auto before = desk_.registry.current();
    lifecycle_.reconcile();
    lifecycle_.reconcile();
    EXPECT_EQ(desk_.registry.current(), before);
}

TEST_F(LifecycleTest, AHostFollowsAnother) {
    packages_.add("good1", "good");
    packages_.add("extra");
    Desk follower{database_, packages_.path()};
    follower.lifecycle.start();
    ASSERT_TRUE(lifecycle_.enable("extra").ok());
    follower.lifecycle.reconcile();
    EXPECT_EQ(follower.body("/extra"), "1.0.0 0");
    packages_.add("good2");
    desk_.pool.exec("update core.plugin set package_sha256 = null where id = 'good'");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_EQ(desk_.body("/extra"), "1.1.0 0");
    follower.lifecycle.reconcile();
    EXPECT_EQ(follower.body("/extra"), "1.1.0 0");
    ASSERT_TRUE(lifecycle_.disable("good", true).ok());
    follower.lifecycle.reconcile();
    EXPECT_TRUE(follower.registry.current()->generations().empty());
    EXPECT_TRUE(follower.settled());
    EXPECT_EQ(follower.mapped(), std::set<std::string>{});
}

TEST_F(LifecycleTest, AFollowerThatLacksThePackageKeepsWhatItHas) {
    ASSERT_TRUE(lifecycle_.install(built("good1")).ok());
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    packages_.add("good1", "good");
    Desk follower{database_, packages_.path()};  // does not see what the other one installs
    follower.lifecycle.start();
    ASSERT_TRUE(lifecycle_.install(built("good2")).ok());
    follower.lifecycle.reconcile();
    EXPECT_EQ(desk_.body("/good/version"), "1.1.0");
    EXPECT_EQ(follower.body("/good/version"), "1.0.0");
}

TEST_F(LifecycleTest, WithoutDatabaseNothingChanges) {
    packages_.add("good1", "good");
    packages_.add("strict_c");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    const auto before = desk_.registry.current();
    support::stop_server();
    EXPECT_THAT(outcome(lifecycle_.enable("strict_c")), HasSubstr("database"));
    EXPECT_THROW(lifecycle_.reconcile(), db::Error);
    EXPECT_EQ(desk_.registry.current(), before);
    EXPECT_EQ(desk_.body("/good/version"), "1.0.0");
    support::start_server();
    // the pool fails fast for a moment
    EXPECT_TRUE(support::wait_until([&] { return lifecycle_.enable("strict_c").ok(); }));
}

// --- check ---

TEST_F(LifecycleTest, CheckReportsEverythingAndLoadsNothing) {
    const auto folder = packages_.add("unique_symbol");
    Packages::replace(folder / "plugin.json", "^1.0", "^2.0");
    Packages::write(folder / "templates/a.html", "{% if x %}");
    Packages::write(folder / "sql/one.sql", "");
    const auto text = base::to_text(lifecycle_.check(folder));
    for (const char* part : {"unique symbol", "needs version ^2.0 of the plugin API", "a.html", "one.sql"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(outcome(lifecycle_.install(folder)), HasSubstr("unique symbol"));
    EXPECT_FALSE(std::filesystem::exists(desk_.state.path() / "packages/hostile"));
    EXPECT_THAT(lifecycle_.check(built("good1")), IsEmpty());
}

// --- snapshots ---

TEST_F(LifecycleTest, SnapshotsOfferServicesByVersion) {
    packages_.add("good1", "good");
    ASSERT_TRUE(lifecycle_.enable("good").ok());
    const auto snapshot = desk_.registry.current();
    EXPECT_NE(snapshot->provider("good.version", 1, 0), nullptr);
    EXPECT_EQ(snapshot->provider("good.version", 1, 1), nullptr);
    EXPECT_EQ(snapshot->provider("good.version", 2, 0), nullptr);
    EXPECT_EQ(snapshot->provider("good.nothing", 1, 0), nullptr);
    EXPECT_EQ(snapshot->menu("main").size(), 1u);
    EXPECT_TRUE(snapshot->menu("none").empty());
    EXPECT_TRUE(snapshot->widgets("none").empty());
    EXPECT_EQ(snapshot->find("nobody"), nullptr);
}

}  // namespace
}  // namespace host::plugin_tests
