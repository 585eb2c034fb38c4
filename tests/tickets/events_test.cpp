// What other plugins are told of tickets, and what they may say to it.
#include "desk_of_tickets.hpp"

#include "plugin/packages.hpp"
#include "support/wait.hpp"

namespace {

using web_test::Desk;

class Events : public testing::Test {
protected:
    Events() : desk_{{std::filesystem::path{BUILD_DIR} / "packages", packages_.path()}} {}

    std::string published() {
        return std::string{desk_.app->pool().exec("select coalesce(string_agg(event || ' ' || subject, ', ' order by id), '') from core.outbox").text(0, 0)};
    }

    struct Strict : host::plugin_tests::Packages {
        Strict() { add("strict"); }
    };
    Strict packages_;
    Desk desk_;
};

}  // namespace

TEST_F(Events, ARefusalStandsBesideItsFieldAndNothingIsStored) {
    auto api = desk_.api();
    const auto answer = api.post("/api/v1/tickets", R"({"subject": "forbidden"})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.error("priority"), "Such tickets are not taken.");

    auto browser = desk_.browser();
    browser.log_in("admin");
    const auto page = browser.post("/tickets/new", {{"subject", "forbidden"}, {"then", "open"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.contains("Such tickets are not taken.")) << page.body;
    EXPECT_TRUE(page.contains("href=\"#f-priority\"")) << page.body;
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket"), 0);
    EXPECT_EQ(published(), "");
}

TEST_F(Events, ARefusedChangeShowsWhatWasTyped) {
    auto api = desk_.api();
    const auto id = api.post("/api/v1/tickets", R"({"subject": "plain"})").integer("id");
    ASSERT_GT(id, 0);
    EXPECT_EQ(api.patch("/api/v1/tickets/" + std::to_string(id), R"({"subject": "forbidden", "version": 1})").error("priority"), "Such tickets are not taken.");
    auto browser = desk_.browser();
    browser.log_in("admin");
    const auto page = browser.post("/tickets/" + std::to_string(id) + "/edit", {{"subject", "forbidden"}, {"version", "1"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.contains("Such tickets are not taken.")) << page.body;
    EXPECT_EQ(desk_.count("select version from tickets.ticket"), 1);
}

TEST_F(Events, ARefusalStandsBesideAFieldThatTheHookAddedToTheForm) {
    auto browser = desk_.browser();
    browser.log_in("admin");
    const auto page = browser.post("/tickets/new", {{"subject", "unexplained"}, {"strict.reason", ""}, {"then", "open"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.contains("id=\"e-strict.reason\"") && page.contains("<span>Say why.</span>")) << page.body;
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket"), 0);
    EXPECT_EQ(browser.post("/tickets/new", {{"subject", "unexplained"}, {"strict.reason", "because"}, {"then", "open"}}).status, 303);
}

TEST_F(Events, WhatAHookSetsIsCheckedLikeWhatAUserTypes) {
    auto api = desk_.api();
    const auto id = std::to_string(api.post("/api/v1/tickets", R"({"subject": "plain"})").integer("id"));
    for (const std::string title : {"mislabelled", "misassigned"}) {
        testing::internal::CaptureStdout();
        const auto added = api.post("/api/v1/tickets", R"({"subject": ")" + title + R"("})");
        const auto changed = api.patch("/api/v1/tickets/" + id, R"({"subject": ")" + title + R"("})");
        const auto log = testing::internal::GetCapturedStdout();
        EXPECT_EQ(added.status, 500) << title;
        EXPECT_EQ(changed.status, 500) << title;
        const auto field = title == "mislabelled" ? "priority" : "assignee";
        const auto culprit = std::string{"the hook of strict spoilt \\\""} + field;
        EXPECT_NE(log.find(culprit), std::string::npos) << log;
        EXPECT_NE(log.find(culprit, log.find(culprit) + 1), std::string::npos) << log;
    }
    EXPECT_EQ(desk_.count("select count(*) from tickets.ticket where subject <> 'plain' or priority <> '' or assignee_id is not null"), 0);
    EXPECT_EQ(published(), "tickets.ticket_created ticket/" + id);
}

TEST_F(Events, AnEditOfAHookIsWhatIsStoredAndPublished) {
    auto api = desk_.api();
    const auto answer = api.post("/api/v1/tickets", R"({"subject": "shouted"})");
    EXPECT_EQ(answer.text("subject"), "SHOUTED !") << "made fit as if it were typed";
    EXPECT_EQ(desk_.app->pool().exec("select data->>'subject' from core.outbox").text(0, 0), "SHOUTED !");
}

TEST_F(Events, EveryWriteIsPublished) {
    auto api = desk_.api();
    const auto id = std::to_string(api.post("/api/v1/tickets", R"({"subject": "plain"})").integer("id"));
    const auto subject = " ticket/" + id;
    EXPECT_EQ(api.patch("/api/v1/tickets/" + id, R"({"subject": "plainer", "version": 1})").status, 200);
    EXPECT_EQ(api.post("/api/v1/tickets/" + id + "/messages", R"({"body": "Hello", "visibility": "public"})").status, 201);
    EXPECT_EQ(api.post("/api/v1/tickets/" + id + "/close", "").status, 200);
    EXPECT_EQ(api.del("/api/v1/tickets/" + id).status, 204);
    EXPECT_EQ(published(), "tickets.ticket_created" + subject + ", tickets.ticket_updated" + subject + ", tickets.message_added" + subject +
                               ", tickets.ticket_updated" + subject + ", tickets.ticket_transitioned" + subject +
                               ", tickets.ticket_closed" + subject + ", tickets.ticket_deleted" + subject);
    EXPECT_EQ(desk_.app->pool().exec("select data->'changes'->0->>'to' from core.outbox where event = 'tickets.ticket_updated' order by id limit 1").text(0, 0),
              "plainer");
}

TEST_F(Events, AccountsArePublishedToo) {
    auto api = desk_.api();
    const auto id = std::to_string(api.post("/api/v1/accounts", R"({"name": "Aubépine"})").integer("id"));
    EXPECT_EQ(api.patch("/api/v1/accounts/" + id, R"({"name": "Églantine", "version": 1})").status, 200);
    EXPECT_EQ(published(), "directory.account_created account/" + id + ", directory.account_updated account/" + id);
    EXPECT_EQ(desk_.app->pool().exec("select data->'changes'->0->>'to' from core.outbox order by id desc limit 1").text(0, 0), "Églantine");
}
