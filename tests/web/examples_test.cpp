// The examples of the SDK in a running desk: what a partner is told works, works.
#include "desk.hpp"

#include "support/wait.hpp"

namespace {

using web_test::Api;
using web_test::Browser;

class Examples : public testing::Test {
protected:
    static void SetUpTestSuite() {
        const std::filesystem::path build{BUILD_DIR};
        desk_ = std::make_unique<web_test::Desk>(std::vector{build / "packages", build / "example-packages"});
        desk_->add_user("lea");
        desk_->set_level("agent", "tickets.ticket.read", 3);
        desk_->set_level("agent", "tickets.ticket.update", 3);
    }
    static void TearDownTestSuite() { desk_.reset(); }

    static std::int64_t add_ticket(const std::string& subject) {
        auto answer = desk_->api("lea").post("/api/v1/tickets", R"({"subject": ")" + subject + R"(", "description": "x"})");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.integer("id");
    }
    static std::string watch_of(std::int64_t ticket) { return " from example_watchlist.watch where ticket_id = " + std::to_string(ticket); }
    static Browser browser_of(const std::string& login) {
        auto browser = desk_->browser();
        EXPECT_EQ(browser.log_in(login).status, 303);
        return browser;
    }
    static inline std::unique_ptr<web_test::Desk> desk_;
};

TEST_F(Examples, APageInPlainC) { EXPECT_EQ(desk_->browser().get("/hello").body, "Hello from plain C\n"); }

TEST_F(Examples, AServiceOfAnotherPlugin) {
    auto api = desk_->api("lea");
    EXPECT_EQ(api.get("/api/v1/holidays/2026-05-14").text("name"), "Ascension");
    EXPECT_EQ(api.get("/api/v1/holidays/2026-04-06").text("name"), "Lundi de Pâques");
    const auto working_day = api.get("/api/v1/holidays/2026-05-15");
    EXPECT_EQ(working_day.status, 200);
    EXPECT_TRUE(working_day.json().get("name")->is(host::base::Value::Type::null));
    EXPECT_EQ(api.get("/api/v1/holidays/2026-02-30").status, 422);
    EXPECT_EQ(api.get("/api/v1/holidays/tomorrow").status, 404);
}

TEST_F(Examples, AProviderThatIsNeededIsNotSwitchedOff) {
    EXPECT_FALSE(desk_->app->lifecycle().disable("example.holidays").ok());
    EXPECT_TRUE(desk_->app->lifecycle().disable("example.holiday_notice").ok());
    EXPECT_EQ(desk_->api("lea").get("/api/v1/holidays/2026-05-14").status, 404);
    EXPECT_TRUE(desk_->app->lifecycle().enable("example.holiday_notice").ok());
}

TEST_F(Examples, AHookInTheTransactionThatAddsTheTicket) {
    const auto id = add_ticket("Imprimante muette");
    EXPECT_EQ(desk_->count("select count(*)" + watch_of(id)), 1);
    EXPECT_TRUE(browser_of("lea").get("/watchlist").contains("Imprimante muette"));
}

TEST_F(Examples, AWidgetAndAColumn) {
    const auto id = add_ticket("Écran bleu");
    auto browser = browser_of("lea");
    EXPECT_TRUE(browser.get("/tickets/" + std::to_string(id)).contains("Ne plus suivre"));
    const auto list = browser.get("/tickets?sort=example.watchlist.watchers");
    EXPECT_EQ(list.status, 200);
    EXPECT_TRUE(list.contains("Suivi par"));
    EXPECT_EQ(browser.post("/watchlist/" + std::to_string(id), {{"watch", "no"}}).status, 303);
    EXPECT_EQ(desk_->count("select count(*)" + watch_of(id)), 0);
    EXPECT_TRUE(browser.get("/tickets/" + std::to_string(id)).contains("Suivre ce ticket"));
}

TEST_F(Examples, ATicketOutOfSightCannotBeWatched) {
    EXPECT_EQ(browser_of("lea").post("/watchlist/999999", {{"watch", "yes"}}).status, 404);
}

TEST_F(Examples, ASubscriptionTellsWhatOthersChanged) {
    const auto id = add_ticket("Clé perdue");
    const auto changed = desk_->api("admin").patch("/api/v1/tickets/" + std::to_string(id), R"({"subject": "Clé retrouvée"})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_TRUE(support::wait_until([&] { return desk_->count("select count(changed_at)" + watch_of(id)) == 1; }));
    auto browser = browser_of("lea");
    EXPECT_TRUE(support::wait_until([&] { return browser.get("/_badges").contains("example.watchlist.menu"); }));
    browser.get("/watchlist");
    EXPECT_EQ(desk_->count("select count(changed_at)" + watch_of(id)), 0);
}

TEST_F(Examples, AJobForgetsWhatWasClosedLongAgo) {
    const auto id = add_ticket("Vieille histoire");
    desk_->app->pool().exec("update tickets.ticket set closed_at = now() - interval '1 year', status_id ="
                            " (select id from tickets.status where phase = 'closed' limit 1) where id = $1", {id});
    auto browser = browser_of("admin");
    browser.get("/admin/jobs");
    EXPECT_EQ(browser.post("/admin/jobs/example.watchlist.forget/run", {}).status, 303);
    EXPECT_TRUE(support::wait_until([&] { return desk_->count("select count(*)" + watch_of(id)) == 0; }));
}

TEST_F(Examples, ASettingOfItsOwn) {
    auto browser = browser_of("admin");
    const auto form = browser.get("/admin/settings/example.watchlist");
    EXPECT_TRUE(form.contains("Suivre les tickets que l’on ajoute")) << form.status;
    EXPECT_EQ(browser.post("/admin/settings/example.watchlist", {{"version", "0"}, {"forget_after_days", "30"}}).status, 303);  // the switch is off
    EXPECT_TRUE(support::wait_until([] { return desk_->count("select count(*)" + watch_of(add_ticket("Sans suivi"))) == 0; }));
}

}  // namespace
