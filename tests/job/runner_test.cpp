// Runs of jobs: at least once, on one host at a time, ended when they shall end.
#include "job/runner.hpp"

#include "core/settings.hpp"
#include "job/jobs.hpp"
#include "plugin/desk.hpp"
#include "support/wait.hpp"

#include <gtest/gtest.h>

namespace host::job {
namespace {

using plugin_tests::Database;
using plugin_tests::Packages;

// A host without pages; two of them on one database are two processes as far as the database knows.
class Host {
public:
    Host(const Database& database, const std::filesystem::path& packages) : desk{database, packages} {
        desk.services.settings = &settings;
        desk.registry.observe([this](const plugin::Snapshot& next) {
            sync_jobs(desk.pool, settings.company_zone(), next);
            runner.snapshot_changes(next);
        });
        desk.lifecycle.start();
        runner.start();
    }
    ~Host() { runner.stop(); }

    plugin_tests::Desk desk;
    core::Secrets secrets{desk.state.path() / "secret.key"};
    core::Settings settings{desk.pool, secrets};
    Runner runner{desk.services, desk.registry, 2};
};

class Runs : public testing::Test {
protected:
    Runs() {
        packages_.add("worker");
        host_ = std::make_unique<Host>(database_, packages_.path());
        const auto done = host_->desk.lifecycle.enable("worker");
        EXPECT_TRUE(done) << base::to_text(done.problems());
    }

    db::Rows sql(std::string_view text) { return host_->desk.pool.exec(text); }
    std::int64_t count(std::string_view from) { return sql("select count(*) from " + std::string{from}).i64(0, 0); }
    // The id of the run, or why there is none.
    std::string add(std::string_view job, std::string_view mode) {
        const auto answer = host_->desk.get("/worker/add/" + std::string{job} + "/" + std::string{mode});
        host_->runner.wake();
        return answer.status == GUICHET_OK ? answer.body : answer.error;
    }
    std::string state(const std::string& run) {
        return std::string{host_->desk.pool.exec("select state || ' ' || attempt from core.job_run where id = $1::bigint", {std::stoll(run)}).text(0, 0)};
    }
    bool becomes(const std::string& run, std::string_view wanted) {
        return support::wait_until([&] {
            sql("update core.job_run set not_before = clock_timestamp() where state = 'ready' and attempt > 0 and not_before > clock_timestamp()");
            host_->runner.wake();
            return state(run) == wanted;
        });
    }
    bool begins(const std::string& run) {
        return support::wait_until([&] { return state(run) == "leased 1"; });
    }

    Database database_;
    Packages packages_;
    std::unique_ptr<Host> host_;
};

}  // namespace

TEST_F(Runs, WhoChangesItsMindHasAddedNothing) {
    EXPECT_EQ(host_->desk.get("/worker/regret").error, "changed my mind");
    EXPECT_EQ(count("core.job_run"), 0);
}

TEST_F(Runs, OnlyJobsOfTheManifestAreAdded) {
    EXPECT_EQ(add("nothing", "plain"), "plugin.json does not declare the job worker.nothing");
}

TEST_F(Runs, WhatFailsIsTriedAgainAndGivenUpInTheEnd) {
    for (const char* mode : {"fails", "throws", "leaves_open"}) {
        const auto run = add("plain", mode);
        EXPECT_TRUE(becomes(run, "dead 3")) << mode << ": " << state(run);
    }
    EXPECT_EQ(count("worker.log where mode <> 'leaves_open'"), 0);
    EXPECT_EQ(sql("select error from core.job_run order by id").text(0, 0), "not now");
}

TEST_F(Runs, ARunThatHasNotBegunIsNotAddedTwice) {
    const auto first = add("plain", "same_later");
    EXPECT_EQ(add("plain", "same_later"), first);
    EXPECT_EQ(count("core.job_run"), 1);
    sql("update core.job_run set not_before = clock_timestamp()");
    ASSERT_TRUE(becomes(first, "done 1"));
    EXPECT_NE(add("plain", "same_later"), first);
}

TEST_F(Runs, AnAdministratorStopsARun) {
    const auto run = add("plain", "endless");
    ASSERT_TRUE(begins(run));
    sql("update core.job_run set cancel_requested = true");
    EXPECT_TRUE(support::wait_until([&] { return state(run) == "cancelled 1"; }));
    EXPECT_EQ(sql("select note from core.job_run").text(0, 0), "still there");
}

TEST_F(Runs, TheTimeLimitEndsARun) {
    const auto run = add("short", "endless");
    EXPECT_TRUE(becomes(run, "dead 1"));
    EXPECT_THAT(std::string{sql("select error from core.job_run").text(0, 0)}, testing::HasSubstr("time"));
}

TEST_F(Runs, AHostThatStopsGivesItsRunBack) {
    const auto run = add("plain", "endless");
    ASSERT_TRUE(begins(run));
    host_->runner.stop();
    EXPECT_EQ(state(run), "ready 0");
}

TEST_F(Runs, AReplacedPluginIsLetGo) {
    const auto run = add("plain", "endless");
    ASSERT_TRUE(begins(run));
    ASSERT_TRUE(host_->desk.lifecycle.disable("worker"));
    EXPECT_TRUE(support::wait_until([&] { return state(run) == "ready 0"; }));
    EXPECT_TRUE(support::wait_until([&] { return host_->desk.mapped().empty(); }));
    sql("update core.job_run set args = '{\"mode\": \"plain\"}'");
    ASSERT_TRUE(host_->desk.lifecycle.enable("worker"));
    EXPECT_TRUE(becomes(run, "done 1"));
}

TEST_F(Runs, ALostLeaseIsTakenOverAndTheLateOneCountsForNothing) {
    const auto run = add("plain", "endless");
    ASSERT_TRUE(begins(run));
    sql("update core.job_run set args = '{\"mode\": \"plain\"}', lease_until = clock_timestamp() - interval '1 s'");
    queue::Queue{host_->desk.pool, kRuns}.expire();
    EXPECT_TRUE(becomes(run, "done 2"));
    EXPECT_EQ(count("worker.log"), 1);
}

TEST_F(Runs, OneRunOfASingletonAtATimeOnTwoHosts) {
    Host other{database_, packages_.path()};
    for (int i = 0; i < 8; ++i) add("single", "naps");
    EXPECT_TRUE(support::wait_until([&] {
        host_->runner.wake();
        other.runner.wake();
        return count("core.job_run where state = 'done'") == 8;
    }));
    EXPECT_EQ(count("worker.log a join worker.log b on a.run_id < b.run_id and a.began_at < b.ended_at and b.began_at < a.ended_at"), 0);
}

TEST_F(Runs, TwoHostsShareTheRuns) {
    Host other{database_, packages_.path()};
    for (int i = 0; i < 60; ++i) add("plain", "naps");
    EXPECT_TRUE(support::wait_until([&] {
        host_->runner.wake();
        other.runner.wake();
        return count("core.job_run where state = 'done'") == 60;
    }));
    EXPECT_EQ(count("worker.log"), 60);
    EXPECT_EQ(count("core.job_run where attempt > 1"), 0);
    EXPECT_GT(host_->runner.stats().done, 0u);
    EXPECT_GT(other.runner.stats().done, 0u);
}

TEST_F(Runs, AScheduledTimeIsAddedOnceByTwoHosts) {
    Host other{database_, packages_.path()};
    EXPECT_EQ(count("core.job where id = 'worker.daily' and next_at > clock_timestamp()"), 1);
    for (int day = 1; day <= 3; ++day) {
        const auto time = "2020-01-0" + std::to_string(day) + " 03:00:00Z";
        sql("update core.job set next_at = '" + time + "' where id = 'worker.daily'");
        EXPECT_TRUE(support::wait_until([&] { return count("core.job_run where state = 'done' and scheduled_at = '" + time + "'") == 1; })) << time;
    }
    EXPECT_EQ(count("core.job_run where job_id = 'worker.daily'"), 3);
    EXPECT_EQ(count("worker.log"), 3);
    EXPECT_EQ(count("core.job where id = 'worker.daily' and next_at between clock_timestamp() and clock_timestamp() + interval '25 hours'"), 1);
}

TEST_F(Runs, AnotherZoneOfTheCompanyMovesWhatIsPlanned) {
    sql("update core.job set next_at = clock_timestamp() - interval '1 day' where id = 'core.clean_mail'");
    sql("insert into core.setting (plugin_id, value) values ('core', '{\"regional\": {\"time_zone\": \"Pacific/Noumea\"}}')");
    const auto hour = [&] { return sql("select extract(hour from next_at at time zone 'Pacific/Noumea')::bigint from core.job where id = 'worker.daily'").i64(0, 0); };
    EXPECT_NE(hour(), 4);
    sync_jobs(host_->desk.pool, host_->settings.company_zone(), *host_->desk.registry.current());
    EXPECT_EQ(hour(), 4);
    EXPECT_EQ(count("core.job where id = 'worker.daily' and next_at between clock_timestamp() and clock_timestamp() + interval '25 hours'"), 1);
    EXPECT_TRUE(support::wait_until([&] { return count("core.job_run where job_id = 'core.clean_mail' and state = 'done'") == 1; })) << "what was due stays due";

    sql("update core.job set next_at = '2020-01-01 03:00:00Z' where id = 'worker.daily'");
    EXPECT_TRUE(support::wait_until([&] { return count("core.job_run where job_id = 'worker.daily'") == 1; }));
    EXPECT_EQ(hour(), 4);
}

TEST_F(Runs, AJobThatAPluginNoLongerHasGoes) {
    sql("insert into core.job (id, plugin_id, label, singleton, timeout_s, max_attempts) values ('worker.old', 'worker', 'Old', false, 1, 1)");
    ASSERT_TRUE(host_->desk.lifecycle.disable("worker"));
    EXPECT_EQ(count("core.job where id = 'worker.old'"), 1);
    ASSERT_TRUE(host_->desk.lifecycle.enable("worker"));
    EXPECT_EQ(count("core.job where id = 'worker.old'"), 0);
}

TEST_F(Runs, TheHostCleansUpWhatEverybodyHas) {
    sql("insert into core.subscription (id, plugin_id, event, version, max_attempts) values ('x/y/z', 'x', 'z', 1, 3)");
    for (const char* state : {"done", "dead", "ready"})
        host_->desk.pool.exec("with o as (insert into core.outbox (event, version, subject, data, actor_id, created_at)"
                              " values ('z', 1, $1, '{}', 0, clock_timestamp() - interval '8 days') returning id, subject)"
                              " insert into core.delivery (outbox_id, subscription_id, subject, state, max_attempts) select id, 'x/y/z', subject, $1, 3 from o", {state});
    sql("select core.publish('z', 1, 'young', '{}', 0)");
    sql("update core.delivery set state = 'done' where subject = 'young'");
    for (const char* job : {"core.clean_events", "core.clean_runs", "core.clean_sessions", "core.clean_idempotency"})
        find_host_job(job)->run(host_->desk.services);
    EXPECT_EQ(sql("select string_agg(subject, ' ' order by subject) from core.outbox").text(0, 0), "dead ready young");
    EXPECT_EQ(count("core.delivery"), 3);
}

}  // namespace host::job
