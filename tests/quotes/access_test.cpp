// Who sees and changes which quotes: one filter behind REST, pages, widgets and search (R27, R28, R31).
#include "desk_of_quotes.hpp"

namespace quotes_test {

// A desk of its own, because it changes what profiles may do.
class QuoteAccess : public testing::Test {
protected:
    QuoteAccess() {
        desk.add_user("mine", "agent", "Nord");
        desk.add_user("stranger", "agent", "Sud");
        desk.add_user("reader", "reader");
    }
    void level(const Answer& foreign, int level, int status) {
        for (const std::string verb : {"delete", "update", "read"}) desk.set_level("agent", "quotes.quote." + verb, level);
        auto api = desk.api("mine");
        ASSERT_TRUE(support::wait_until([&] { return api.get(path(foreign)).status == status; }));
    }
    std::string team(const std::string& name) { return std::to_string(desk.count("select id from core.team where name = '" + name + "'")); }
    web_test::Desk desk;
    Api admin = desk.api();
};

TEST_F(QuoteAccess, R28_WhatIsNotMineDoesNotExistAtLevelOwn) {
    auto api = desk.api("mine");
    const auto of = ticket(admin);
    const auto foreign = quote(admin, R"("introduction": "INTERNAL-7f3a", "team_id": )" + team("Nord") + R"(, "ticket_id": )" + id(of));
    const auto own = quote(api);
    level(foreign, 1, 404);
    for (const std::string suffix : {"", "/history"}) EXPECT_EQ(api.get(path(foreign) + suffix).status, 404) << suffix;
    for (const std::string suffix : {"/validate", "/duplicate"}) EXPECT_EQ(api.post(path(foreign) + suffix, "").status, 404) << suffix;
    EXPECT_EQ(step(api, foreign, "sent").status, 404);
    EXPECT_EQ(api.patch(path(foreign), R"({"subject": "volé"})").status, 404);
    EXPECT_EQ(api.del(path(foreign)).status, 404);
    for (const std::string& query : std::vector<std::string>{"", "?q=renouvellement", "?state=draft", "?ticket_id=" + id(of)})
        EXPECT_FALSE(api.get("/api/v1/quotes" + query).contains("\"id\":" + id(foreign) + ",")) << query;
    EXPECT_EQ(items(api.get("/api/v1/quotes")).size(), 1U);
    auto browser = desk.browser();
    browser.log_in("mine");
    EXPECT_EQ(browser.get(page(foreign)).status, 404);
    for (const std::string suffix : {"/edit", "/step", "/people", "/delete", "/duplicate"})
        EXPECT_EQ(browser.post(page(foreign) + suffix, {{"confirmed", "1"}, {"step", "sent"}}).status, 404) << suffix;
    EXPECT_FALSE(browser.get("/tickets/" + id(of)).contains("href=\"" + page(foreign) + "\"")) << "in the widget of the ticket";
    EXPECT_FALSE(browser.get("/quotes").contains(page(foreign)));
    EXPECT_FALSE(browser.get("/search?q=renouvellement").contains(page(foreign)));
    EXPECT_TRUE(browser.get("/search?q=renouvellement").contains(page(own)));
    EXPECT_EQ(admin.get(path(foreign)).text("subject"), "Renouvellement");
}

TEST_F(QuoteAccess, R28_LevelTeamIsOwnAndThatOfMyTeams) {
    const auto of_team = quote(admin, R"("team_id": )" + team("Nord")), foreign = quote(admin, R"("team_id": )" + team("Sud"));
    auto api = desk.api("mine");
    const auto own = quote(api);
    level(foreign, 2, 404);
    EXPECT_EQ(api.get(path(of_team)).status, 200);
    EXPECT_EQ(api.patch(path(of_team), R"({"subject": "b"})").status, 200);
    EXPECT_EQ(items(api.get("/api/v1/quotes")).size(), 2U) << "each once";
    EXPECT_EQ(api.get(path(own)).status, 200);
}

TEST_F(QuoteAccess, R36_ReadersChangeNothing) {
    const auto made = quote(admin);
    auto api = desk.api("reader");
    EXPECT_EQ(api.get(path(made)).status, 200);
    EXPECT_EQ(api.patch(path(made), R"({"subject": "b"})").status, 403);
    EXPECT_EQ(api.post("/api/v1/quotes", R"({"subject": "b"})").status, 403);
    EXPECT_EQ(api.post(path(made) + "/validate", "").status, 403);
    EXPECT_EQ(api.del(path(made)).status, 403);
    EXPECT_EQ(api.post("/api/v1/quote-items", R"({"ref": "A", "label": "b", "unit_price": "1"})").status, 403);
    auto browser = desk.browser();
    browser.cookies["lang"] = "en";
    browser.log_in("reader");
    const auto shown = browser.get(page(made));
    EXPECT_EQ(shown.status, 200);
    EXPECT_FALSE(shown.contains("quote-form"));
    EXPECT_FALSE(shown.contains("Validate</button>"));
    EXPECT_EQ(browser.post(page(made) + "/edit", {{"subject", "b"}}).status, 403);
    EXPECT_EQ(browser.get("/quotes/items").status, 403);
}

// A quote does not show a ticket that its reader may not see.
TEST_F(QuoteAccess, R31_AQuoteOpensNoTicket) {
    const auto of = ticket(admin, "INTERNAL-7f3a");
    const auto made = make(admin, "quotes", R"({"subject": "x", "ticket_id": )" + id(of) + R"(, "team_id": )" + team("Nord") + "}");
    desk.set_level("agent", "tickets.ticket.read", 1);
    auto api = desk.api("mine");
    ASSERT_TRUE(support::wait_until([&] { return api.get("/api/v1/tickets/" + id(of)).status == 404; }));
    auto browser = desk.browser();
    browser.log_in("mine");
    const auto shown = browser.get(page(made));
    EXPECT_EQ(shown.status, 200);
    EXPECT_FALSE(shown.contains("7f3a"));
    EXPECT_EQ(api.post("/api/v1/quotes", R"({"subject": "x", "ticket_id": )" + id(of) + "}").status, 422);
    // a copy of it leaves the ticket out
    EXPECT_TRUE(api.post(path(made) + "/duplicate", "").json().get("ticket_id")->is(host::base::Value::Type::null));
}

TEST_F(QuoteAccess, SwitchedOffItsPlacesAreGoneAndSwitchedOnEverythingIsBack) {
    const auto of = ticket(admin);
    const auto made = make(admin, "quotes", R"({"subject": "Écran", "customer": "Morvan", "ticket_id": )" + id(of) + "}");
    auto browser = desk.browser();
    browser.cookies["lang"] = "en";
    browser.log_in("admin");
    const auto ticket_page = "/tickets/" + id(of);
    ASSERT_TRUE(browser.get(ticket_page).contains("id=\"h-quotes\""));
    ASSERT_EQ(browser.post("/admin/modules/quotes/disable", {}).status, 303);
    const auto off = browser.get(ticket_page);
    EXPECT_EQ(off.status, 200);
    EXPECT_FALSE(off.contains("id=\"h-quotes\""));
    EXPECT_FALSE(off.contains("href=\"/quotes\""));
    EXPECT_EQ(browser.get(page(made)).status, 404);
    EXPECT_EQ(admin.get(path(made)).status, 404);
    EXPECT_EQ(desk.count("select count(*) from quotes.quote"), 1);
    ASSERT_EQ(browser.post("/admin/modules/quotes/enable", {}).status, 303);
    const auto on = browser.get(ticket_page);
    EXPECT_TRUE(on.contains(page(made)));
    EXPECT_TRUE(on.contains("href=\"/quotes\""));
    EXPECT_EQ(admin.get(path(made)).text("subject"), "Écran");
}

}  // namespace quotes_test
