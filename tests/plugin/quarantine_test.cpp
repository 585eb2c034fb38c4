// What happens after a plugin brought the process down: it is blamed, and left out the third time. The crashes
// are real, in child processes.
#include "desk.hpp"

#include "plugin/crash_marks.hpp"

#include <gmock/gmock.h>

#include <sys/wait.h>

namespace host::plugin_tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class QuarantineTest : public DeskTest {
protected:
    // A child that runs f and must not come back from it. The status of waitpid().
    template <class F>
    static int in_child(F&& f) {
        const auto child = ::fork();
        if (child == 0) {
            f();
            ::_exit(99);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return status;
    }
    int crash(const std::string& how) {
        return in_child([&] { desk_.get("/crash/" + how); });
    }
    // The next process, which starts after the crash.
    void restart() { lifecycle_.start(); }
    std::vector<std::string> active() const {
        std::vector<std::string> out;
        for (const auto& g : desk_.registry.current()->generations()) out.push_back(g->id());
        return out;
    }
    std::string crashes() { return desk_.scalar("select cardinality(crashes)::text from core.plugin where id = 'crash'"); }

    void start_with_crash() {
        packages_.add("good1", "good");
        packages_.add("crash");
        lifecycle_.start();
        ASSERT_TRUE(lifecycle_.enable("good").ok());
        ASSERT_EQ(outcome(lifecycle_.enable("crash")), "crash 1.0.0 is enabled.");
    }
};

TEST_F(QuarantineTest, EveryWayToDieIsNoticed) {
    start_with_crash();
    struct {
        const char* how;
        int signal;
    } const cases[] = {{"abort", SIGABRT}, {"segv", SIGSEGV}, {"overflow", SIGSEGV}, {"exit", 0}};
    for (const auto& c : cases) {
        const int status = crash(c.how);
        EXPECT_EQ(WTERMSIG(status), c.signal) << c.how;
        EXPECT_EQ(WIFEXITED(status), c.signal == 0) << c.how;
        std::vector<std::string> taken;
        plugin::take_crashes(desk_.state.path() / "run", [&](const plugin::Crash& crash) { taken.push_back(crash.plugin_id + ' ' + crash.cause); });
        const std::string cause = c.signal == SIGABRT ? "SIGABRT" : c.signal == SIGSEGV ? "SIGSEGV" : "exit";
        EXPECT_THAT(taken, ElementsAre("crash " + cause)) << c.how;
    }
}

TEST_F(QuarantineTest, WhoIsKilledIsNotToBlame) {
    start_with_crash();
    EXPECT_EQ(WTERMSIG(crash("kill")), SIGKILL);
    restart();
    EXPECT_EQ(crashes(), "0");
}

TEST_F(QuarantineTest, ACrashOfTheHostItselfBlamesNobody) {
    start_with_crash();
    EXPECT_EQ(WTERMSIG(in_child([] { std::abort(); })), SIGABRT);
    restart();
    EXPECT_EQ(crashes(), "0");
}

TEST_F(QuarantineTest, CrashesWhileEnablingCount) {
    lifecycle_.start();
    packages_.add("crash_in_bind", "crash");
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(WTERMSIG(in_child([&] {
                      Desk child{database_, packages_.path()};
                      plugin::record_crashes_in(desk_.state.path() / "run");
                      (void)child.lifecycle.enable("crash");
                  })),
                  SIGABRT);
    restart();
    EXPECT_EQ(crashes(), "2");
    EXPECT_THAT(active(), IsEmpty());
}

TEST_F(QuarantineTest, TheThirdCrashInTenMinutesLeavesItOut) {
    start_with_crash();
    for (int i = 0; i < 2; ++i) {
        crash("abort");
        restart();
        EXPECT_THAT(active(), ElementsAre("crash", "good"));
    }
    crash("segv");
    restart();
    EXPECT_THAT(active(), ElementsAre("good"));
    const auto info = desk_.module("crash");
    EXPECT_EQ(info.state, "quarantined");
    EXPECT_TRUE(info.wanted);
    EXPECT_EQ(info.error_phase, "crash");
    EXPECT_THAT(info.error_message, HasSubstr("brought the process down 3 times within ten minutes, last by SIGSEGV"));
    EXPECT_EQ(desk_.get("/crash/abort").error, "no route");
    restart();
    EXPECT_THAT(active(), ElementsAre("good"));

    EXPECT_EQ(outcome(lifecycle_.enable("crash")), "crash 1.0.0 is enabled.");  // the operator says so
    EXPECT_THAT(active(), ElementsAre("crash", "good"));
    EXPECT_EQ(desk_.module("crash").state, "active");
    EXPECT_EQ(crashes(), "0");
    crash("abort");
    restart();
    EXPECT_THAT(active(), ElementsAre("crash", "good"));
}

TEST_F(QuarantineTest, CrashesFarApartAreForgiven) {
    start_with_crash();
    for (int i = 0; i < 4; ++i) {
        crash("abort");
        restart();
        EXPECT_EQ(desk_.module("crash").state, "active");
        desk_.pool.exec("update core.plugin set crashes = array(select c - interval '6 minutes' from unnest(crashes) c) where id = 'crash'");
    }
    EXPECT_EQ(crashes(), "2");
}

TEST_F(QuarantineTest, WhatRequiresItIsLeftOutToo) {
    start_with_crash();
    Packages::replace(packages_.add("strict_c") / "plugin.json", R"("manifest": 1)", R"("manifest": 1, "requires": {"crash": "^1.0"})");
    ASSERT_TRUE(lifecycle_.enable("strict_c").ok());
    for (int i = 0; i < 3; ++i) crash("abort");
    restart();
    EXPECT_THAT(active(), ElementsAre("good"));
    EXPECT_THAT(desk_.module("strict_c").error_message, HasSubstr("crash 1.0.0 is in quarantine"));
    EXPECT_THAT(outcome(lifecycle_.enable("strict_c")), HasSubstr("crash 1.0.0 is in quarantine"));  // not by the way
    EXPECT_TRUE(lifecycle_.enable("good").ok());
    EXPECT_TRUE(lifecycle_.disable("strict_c").ok());
    EXPECT_EQ(desk_.module("crash").state, "quarantined");
    EXPECT_TRUE(lifecycle_.disable("crash").ok());
    EXPECT_EQ(desk_.module("crash").state, "quarantined");  // switching it off does not make it safe
}

TEST_F(QuarantineTest, ARunningHostFollowsTheQuarantine) {
    start_with_crash();
    Desk other{database_, packages_.path()};
    other.lifecycle.start();
    plugin::record_crashes_in(desk_.state.path() / "run");  // the two share this process
    for (int i = 0; i < 3; ++i) crash("abort");
    restart();
    other.lifecycle.reconcile();
    EXPECT_EQ(other.registry.current()->find("crash"), nullptr);
    EXPECT_TRUE(lifecycle_.enable("crash").ok());
    other.lifecycle.reconcile();
    EXPECT_NE(other.registry.current()->find("crash"), nullptr);
}

TEST_F(QuarantineTest, SafeModeLoadsNothing) {
    start_with_crash();
    Desk safe{database_, packages_.path(), true};
    safe.lifecycle.start();
    EXPECT_TRUE(safe.registry.current()->generations().empty());
    EXPECT_TRUE(safe.mapped().empty());
    EXPECT_THAT(outcome(safe.lifecycle.enable("good")), HasSubstr("safe mode"));
    EXPECT_THAT(outcome(safe.lifecycle.install(built("good2"))), HasSubstr("safe mode"));
    safe.lifecycle.reconcile();
    EXPECT_TRUE(safe.registry.current()->generations().empty());
    EXPECT_EQ(outcome(safe.lifecycle.disable("crash")), "crash is disabled. Its data are kept.");
    lifecycle_.reconcile();
    EXPECT_THAT(active(), ElementsAre("good"));
    EXPECT_TRUE(safe.module("good").wanted);
}

}  // namespace
}  // namespace host::plugin_tests
