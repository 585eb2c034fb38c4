// The pages of what happens in the background: deliveries and jobs.
#include "desk.hpp"

#include "support/wait.hpp"

namespace {

using web_test::Browser;

class Background : public web_test::DeskTest {
protected:
    Background() {
        // in the order in which the host's own work takes them
        sql("truncate core.delivery, core.outbox, core.subscription, core.job_run");
        browser_.log_in("admin");
    }
    static host::db::Rows sql(std::string_view text) { return desk().app->pool().exec(text); }
    // Of a plugin that is not there, so that nobody takes them.
    static void add_dead(int n) {
        sql("insert into core.subscription (id, plugin_id, event, version, max_attempts) values ('acme/on_change/acme.changed', 'acme', 'acme.changed', 1, 3)");
        for (int i = 1; i <= n; ++i)
            desk().app->pool().exec("select core.publish('acme.changed', 1, 'thing/' || $1::text, '{\"colour\": \"<red>\"}', 0)", {std::to_string(i)});
        sql("update core.delivery set state = 'dead', attempt = 3, error = 'the colour is not known', finished_at = now()");
    }
    Browser browser_{desk().port()};
};

}  // namespace

TEST_F(Background, IsForAdministrators) {
    if (desk().count("select count(*) from core.app_user where login = 'agent'") == 0) desk().add_user("agent");
    auto agent = desk().browser();
    agent.log_in("agent");
    for (const char* path : {"/admin/deliveries", "/admin/jobs", "/admin/jobs/running"}) EXPECT_EQ(agent.get(path).status, 403) << path;
    EXPECT_EQ(agent.post("/admin/jobs/core.clean_runs/run", {}).status, 403);
    EXPECT_EQ(agent.post("/admin/deliveries/retry", {}).status, 403);
}

TEST_F(Background, WithoutListenersThePageSaysSo) {
    EXPECT_TRUE(browser_.get("/admin/deliveries", {{"Accept-Language", "en"}}).status == 200);
    EXPECT_TRUE(browser_.get("/admin/deliveries").contains("class=\"empty"));
}

TEST_F(Background, WhatWasGivenUpIsReadTriedAgainAndDeleted) {
    add_dead(3);
    const auto page = browser_.get("/admin/deliveries");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("the colour is not known"));
    EXPECT_TRUE(page.contains("&lt;red&gt;"));
    EXPECT_TRUE(page.contains("3 / 3"));
    const auto id = std::to_string(sql("select min(id) from core.delivery").i64(0, 0));
    EXPECT_EQ(browser_.post("/admin/deliveries/" + id + "/retry", {}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.delivery where state = 'ready' and attempt = 0"), 1);
    const auto other = std::to_string(sql("select max(id) from core.delivery").i64(0, 0));
    EXPECT_EQ(browser_.post("/admin/deliveries/" + other + "/delete", {}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.delivery"), 2);
    EXPECT_EQ(browser_.post("/admin/deliveries/retry", {{"subscription", "acme/on_change/acme.changed"}}).status, 303);
    EXPECT_EQ(desk().count("select count(*) from core.delivery where state = 'ready'"), 2);
    EXPECT_EQ(browser_.post("/admin/deliveries/0/retry", {}).header("Location"), "/admin/deliveries?view=dead&done=nothing");
}

TEST_F(Background, FiltersKeepToOneSubscription) {
    add_dead(1);
    EXPECT_TRUE(browser_.get("/admin/deliveries?subscription=acme%2Fon_change%2Facme.changed").contains("the colour is not known"));
    EXPECT_FALSE(browser_.get("/admin/deliveries?subscription=another").contains("the colour is not known"));
    EXPECT_FALSE(browser_.get("/admin/deliveries?view=waiting").contains("the colour is not known"));
}

TEST_F(Background, AJobIsRunNowAndItsOutcomeShown) {
    EXPECT_TRUE(browser_.get("/admin/jobs").contains("core.clean_runs"));
    EXPECT_EQ(browser_.post("/admin/jobs/core.clean_runs/run", {}).status, 303);
    EXPECT_TRUE(support::wait_until([&] { return desk().count("select count(*) from core.job_run where state = 'done'") == 1; }));
    EXPECT_TRUE(browser_.get("/admin/jobs").contains("bg-green")) << browser_.get("/admin/jobs").body;
    EXPECT_EQ(browser_.post("/admin/jobs/no.such/run", {}).header("Location"), "/admin/jobs?done=nothing");
}

TEST_F(Background, WhatWaitsIsCancelledAndTriedAgain) {
    sql("insert into core.job_run (job_id, singleton, max_attempts, not_before) values ('core.clean_runs', true, 3, now() + interval '1 hour')");
    const auto id = std::to_string(sql("select id from core.job_run").i64(0, 0));
    EXPECT_TRUE(browser_.get("/admin/jobs/running").contains("run-" + id));
    EXPECT_EQ(browser_.post("/admin/jobs/runs/" + id + "/cancel", {}).status, 303);
    EXPECT_EQ(sql("select state from core.job_run").text(0, 0), "cancelled");
    EXPECT_EQ(browser_.post("/admin/jobs/runs/" + id + "/retry", {}).status, 303);
    EXPECT_TRUE(support::wait_until([&] { return desk().count("select count(*) from core.job_run where state = 'done'") == 1; }));
}
