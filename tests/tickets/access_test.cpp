// Who sees and changes what: one filter behind REST, pages, widgets, messages and history.
#include "tickets/desk_of_tickets.hpp"
#include "support/wait.hpp"

namespace tickets_test {

// Each test has a desk of its own, because it changes what profiles may do.
class TicketAccess : public testing::Test {
protected:
    TicketAccess() {
        desk.add_user("mine", "agent", "Nord");
        desk.add_user("colleague", "agent", "Nord");
        desk.add_user("stranger", "agent", "Sud");
    }
    void level(int read, int update, int remove = 0) {
        desk.set_level("agent", "tickets.ticket.update", update);
        desk.set_level("agent", "tickets.ticket.delete", remove);
        desk.set_level("agent", "tickets.ticket.read", read);  // the last one is the one that is waited for
    }
    // Hosts follow a change of profiles by notification.
    void follow(Api& api, const Answer& ticket, int status) {
        ASSERT_TRUE(support::wait_until([&] { return api.get(path(ticket)).status == status; }));
    }
    std::string team(const std::string& name) { return std::to_string(desk.count("select id from core.team where name = '" + name + "'")); }
    web_test::Desk desk;
};

TEST_F(TicketAccess, what_is_not_mine_does_not_exist_at_level_own) {
    level(3, 3);
    auto admin = desk.api(), api = desk.api("mine");
    const auto foreign = ticket(admin, "INTERNAL-7f3a", R"("team":")" + team("Nord") + "\"");
    const auto added = ticket(api, "ajouté"), given = ticket(admin, "confié", R"("assignee":"mine")");
    level(1, 1, 1);
    follow(api, foreign, 404);
    for (const std::string suffix : {"", "/messages", "/history"}) EXPECT_EQ(api.get(path(foreign) + suffix).status, 404) << suffix;
    for (const std::string suffix : {"/take", "/close", "/reopen"}) EXPECT_EQ(api.post(path(foreign) + suffix, "").status, 404) << suffix;
    EXPECT_EQ(api.patch(path(foreign), R"({"subject":"volé"})").status, 404);
    EXPECT_EQ(api.del(path(foreign)).status, 404);
    const auto of_team = "?team=" + team("Nord");
    for (const std::string& query :
         {std::string{}, std::string{"?sort=-priority"}, std::string{"?sort=ref"}, std::string{"?q=7f3a"}, of_team})
        EXPECT_FALSE(api.get("/api/v1/tickets" + query).contains("7f3a")) << query;
    EXPECT_EQ(subjects(api.get("/api/v1/tickets")), "confié,ajouté");
    EXPECT_EQ(api.get(path(added)).status, 200);
    EXPECT_EQ(api.patch(path(given), R"({"subject":"à moi"})").status, 200);

    auto browser = desk.browser();
    browser.log_in("mine");
    for (const std::string suffix : {"", "/account", "/contact", "/contract"})
        EXPECT_EQ(browser.get(page(foreign) + suffix).status, 404) << suffix;
    for (const std::string suffix : {"/edit", "/take", "/close", "/reopen", "/delete", "/messages"})
        EXPECT_EQ(browser.post(page(foreign) + suffix, {{"version", "1"}, {"subject", "volé"}, {"confirmed", "1"}, {"body", "x"}}).status,
                  404)
            << suffix;
    for (const std::string list : {"/", "/tickets", "/tickets?phase=all", "/tickets?assignee=none"})
        EXPECT_FALSE(browser.get(list).contains("7f3a")) << list;
    EXPECT_EQ(admin.get(path(foreign)).text("subject"), "INTERNAL-7f3a");
}

TEST_F(TicketAccess, level_team_is_own_and_that_of_my_teams) {
    level(3, 3);
    auto admin = desk.api(), api = desk.api("mine");
    const auto south = ticket(admin, "du Sud", R"("team":")" + team("Sud") + "\"");
    ticket(admin, "de personne");
    ticket(admin, "du Nord", R"("team":")" + team("Nord") + "\"");
    ticket(admin, "confié au Sud", R"("assignee":"mine","team":")" + team("Sud") + "\"");
    level(2, 1);
    follow(api, south, 404);
    EXPECT_EQ(subjects(api.get("/api/v1/tickets?sort=created_at")), "du Nord,confié au Sud");
    const auto north = std::to_string(desk.count("select id from tickets.ticket where subject = 'du Nord'"));
    EXPECT_EQ(api.patch("/api/v1/tickets/" + north, R"({"subject":"x"})").status, 403) << "seen, but not mine to change";
    EXPECT_EQ(api.post("/api/v1/tickets/" + north + "/messages", R"({"body":"x","visibility":"team"})").status, 403);
}

TEST_F(TicketAccess, widgets_show_nothing_of_others) {
    level(3, 3);
    auto admin = desk.api();
    const auto account = id(make(admin, "accounts", R"({"name":"Menuiserie"})"));
    ticket(admin, "INTERNAL-7f3a", R"("account_id":)" + account);
    level(1, 1);
    auto browser = desk.browser();
    browser.log_in("mine");
    for (const auto& target : {"/accounts/" + account, std::string{"/"}}) EXPECT_FALSE(browser.get(target).contains("7f3a")) << target;
    EXPECT_TRUE(browser.get("/accounts/" + account).contains("/tickets/new")) << "who may add may add one here";
}

TEST_F(TicketAccess, reading_is_not_changing) {
    level(3, 0);
    auto admin = desk.api(), api = desk.api("mine");
    const auto made = ticket(admin);
    EXPECT_EQ(api.get(path(made)).status, 200);
    EXPECT_EQ(api.patch(path(made), "{}").status, 403);
    EXPECT_EQ(api.del(path(made)).status, 403);
    auto browser = desk.browser();
    browser.log_in("mine");
    const auto shown = browser.get(page(made));
    EXPECT_EQ(shown.status, 200);
    EXPECT_FALSE(shown.contains(page(made) + "/edit"));
    EXPECT_FALSE(shown.contains("name=\"body\""));
    EXPECT_EQ(browser.post(page(made) + "/close", {{"version", "1"}}).status, 403);
    EXPECT_EQ(desk.count("select count(*) from tickets.ticket where read_at is not null"), 0) << "only who may work on it reads it first";
}

TEST_F(TicketAccess, invisible_account_cannot_be_named) {
    auto admin = desk.api();
    const auto account = id(make(admin, "accounts", R"({"name":"Menuiserie"})"));
    desk.set_level("agent", "directory.account.read", 1);
    auto api = desk.api("mine");
    EXPECT_FALSE(api.post("/api/v1/tickets", R"({"subject":"x","account_id":)" + account + "}").error("account_id").empty());
    EXPECT_EQ(desk.count("select count(*) from tickets.ticket"), 0);
}

}  // namespace tickets_test
