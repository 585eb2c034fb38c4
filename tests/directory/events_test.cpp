// What other plugins may say to an account before it is stored.
#include "desk_of_accounts.hpp"

#include "plugin/packages.hpp"

namespace {

using web_test::Desk;

class AccountEvents : public testing::Test {
protected:
    AccountEvents() : desk_{{std::filesystem::path{BUILD_DIR} / "packages", packages_.path()}} { browser_.log_in("admin"); }

    std::int64_t events() { return desk_.count("select count(*) from core.outbox"); }

    struct Strict : host::plugin_tests::Packages {
        Strict() { add("strict"); }
    };
    Strict packages_;
    Desk desk_;
    web_test::Api api_ = desk_.api();
    web_test::Browser browser_ = desk_.browser();
};

}  // namespace

TEST_F(AccountEvents, ARefusalStandsBesideItsFieldAndNothingIsStored) {
    const auto answer = api_.post("/api/v1/accounts", R"({"name": "forbidden"})");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.error("town"), "Such accounts are not taken.");
    const auto page = browser_.post("/accounts/new", {{"name", "forbidden"}, {"type", "customer"}, {"zip", "69001"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.contains("id=\"e-town\"") && page.contains("<span>Such accounts are not taken.</span>")) << page.body;
    EXPECT_TRUE(page.contains("value=\"69001\""));
    EXPECT_EQ(desk_.count("select count(*) from directory.account"), 0);
    EXPECT_EQ(events(), 0);
}

TEST_F(AccountEvents, ARefusedChangeLeavesTheAccountAsItWas) {
    const auto id = std::to_string(api_.post("/api/v1/accounts", R"({"name": "Aubépine"})").integer("id"));
    EXPECT_EQ(api_.patch("/api/v1/accounts/" + id, R"({"name": "forbidden"})").error("town"), "Such accounts are not taken.");
    const auto page = browser_.post("/accounts/" + id + "/edit", {{"name", "forbidden"}, {"type", "customer"}, {"version", "1"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_TRUE(page.contains("Such accounts are not taken.")) << page.body;
    EXPECT_EQ(desk_.count("select count(*) from directory.account where name = 'Aubépine' and version = 1"), 1);
    EXPECT_EQ(events(), 1);
}

TEST_F(AccountEvents, WhatAHookSetsIsCheckedLikeWhatAUserTypes) {
    testing::internal::CaptureStdout();
    const auto answer = api_.post("/api/v1/accounts", R"({"name": "mislabelled"})");
    const auto log = testing::internal::GetCapturedStdout();
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(log.find("the hook of strict spoilt \\\"email\\\""), std::string::npos) << log;
    EXPECT_EQ(desk_.count("select count(*) from directory.account"), 0);
}

TEST_F(AccountEvents, AnEditOfAHookIsWhatIsStoredAndPublished) {
    const auto made = api_.post("/api/v1/accounts", R"({"name": "shouted", "zip": "69001"})");
    EXPECT_EQ(made.text("name"), "SHOUTED");
    EXPECT_EQ(made.text("town"), "Lyon");
    EXPECT_EQ(made.text("zip"), "69001");
    EXPECT_EQ(desk_.app->pool().exec("select data->'values'->>'town' from core.outbox").text(0, 0), "Lyon");
    const auto other = std::to_string(api_.post("/api/v1/accounts", R"({"name": "Aubépine"})").integer("id"));
    EXPECT_EQ(api_.patch("/api/v1/accounts/" + other, R"({"name": "shouted"})").text("town"), "Lyon");
    EXPECT_EQ(desk_.app->pool().exec("select string_agg(c->>'field', ' ') from core.outbox, jsonb_array_elements(data->'changes') c").text(0, 0), "name town");
}
