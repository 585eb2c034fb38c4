// Several tickets at once, and the button that takes charge of one in the list.
#include "tickets/desk_of_tickets.hpp"

namespace tickets_test {

class Bulk : public Tickets {
protected:
    web_test::Desk desk;
    Api api = desk.api();
    Browser browser = desk.browser();

    void SetUp() override {
        Tickets::SetUp();
        browser.log_in("admin");
        browser.get("/tickets");
    }
    using Fields = std::vector<std::pair<std::string, std::string>>;
    Answer send(Fields fields, const std::vector<std::string>& ids) {
        for (const auto& one : ids) fields.emplace_back("ids", one);
        return browser.post_pairs("/tickets/bulk", fields);
    }
};

TEST_F(Bulk, nothing_is_changed_when_the_question_makes_no_sense) {
    const auto made = ticket(api);
    std::vector<std::string> many;
    for (int i = 1; i <= 201; ++i) many.push_back(std::to_string(i));
    EXPECT_EQ(send({{"do", "explode"}}, {id(made)}).status, 422);
    EXPECT_EQ(send({{"do", "close"}}, {}).status, 422);
    EXPECT_GE(send({{"do", "close"}}, many).status, 400) << "200 at most; the host takes no longer form either";
    EXPECT_EQ(send({{"do", "tag"}, {"tag", ""}}, {id(made)}).status, 422);
    EXPECT_EQ(send({{"do", "merge"}, {"into", "T0000-9"}}, {id(made)}).status, 422);
    EXPECT_EQ(api.get(path(made)).integer("version"), 1);
}

TEST_F(Bulk, says_of_each_ticket_what_became_of_it) {
    const auto a = ticket(api, "premier"), b = ticket(api, "deuxième");
    const auto answer = send({{"do", "priority"}, {"priority", "HIGH"}}, {id(a), "999999", id(b), id(a)});
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.contains("2 tickets traités, 1 refusé"));
    EXPECT_TRUE(answer.contains("premier"));
    EXPECT_EQ(api.get(path(a)).text("priority"), "HIGH");
    EXPECT_EQ(api.get(path(b)).text("priority"), "HIGH");
    EXPECT_EQ(desk.count("select count(*) from tickets.change where field = 'priority'"), 2) << "with its history, once each";
    EXPECT_TRUE(send({{"do", "status"}, {"status", "NOPE"}}, {id(a)}).contains("1 refusé"));
    EXPECT_TRUE(send({{"do", "tag"}, {"tag", "usine"}}, {id(a), id(b)}).contains("2 tickets traités"));
    EXPECT_EQ(subjects(api.get("/api/v1/tickets?tag=usine&sort=ref")), "premier,deuxième");
    EXPECT_TRUE(send({{"do", "close"}}, {id(a), id(b)}).contains("2 tickets traités"));
    EXPECT_EQ(api.get(path(b)).text("phase"), "closed");
}

TEST_F(Bulk, R28_changes_nothing_that_its_user_may_not_change) {
    desk.add_user("lectrice", "agent");
    desk.set_level("agent", "tickets.ticket.update", 1);
    const auto mine = ticket(api, "à elle", R"("assignee":"lectrice")"), other = ticket(api, "à d’autres");
    browser = desk.browser();
    browser.log_in("lectrice");
    browser.get("/tickets");
    const auto answer = send({{"do", "priority"}, {"priority", "URGENT"}}, {id(mine), id(other)});
    EXPECT_TRUE(answer.contains("1 ticket traité, 1 refusé"));
    EXPECT_EQ(api.get(path(other)).text("priority"), "");
    EXPECT_TRUE(send({{"do", "delete"}, {"confirmed", "1"}}, {id(mine)}).contains("1 refusé"));
    EXPECT_EQ(api.get(path(mine)).status, 200);
}

TEST_F(Bulk, deleting_asks_first_and_merging_keeps_one) {
    const auto a = ticket(api, "a"), b = ticket(api, "b"), c = ticket(api, "c");
    const auto question = send({{"do", "delete"}}, {id(a)});
    EXPECT_TRUE(question.contains("name=\"confirmed\""));
    EXPECT_EQ(api.get(path(a)).status, 200);
    EXPECT_TRUE(send({{"do", "delete"}, {"confirmed", "1"}}, {id(a)}).contains("1 ticket traité"));
    EXPECT_EQ(api.get(path(a)).status, 404);
    EXPECT_TRUE(send({{"do", "merge"}, {"into", c.text("ref")}}, {id(b), id(c)}).contains("1 ticket traité"));
    EXPECT_EQ(api.get(path(b)).integer("merged_into"), c.integer("id"));
}

TEST_F(Bulk, S3_19_take_charge_in_the_list) {
    desk.add_user("lea", "agent");
    const auto made = ticket(api, "à prendre");
    browser = desk.browser();
    browser.log_in("lea");
    EXPECT_TRUE(browser.get("/tickets").contains("name=\"take\" value=\"" + id(made) + "\""));
    const auto answer = browser.post("/tickets/bulk", {{"take", id(made)}, {"back", "/tickets?assignee=none"}});
    EXPECT_EQ(answer.status, 303);
    EXPECT_EQ(answer.header("Location"), "/tickets?assignee=none");
    EXPECT_EQ(api.get(path(made)).integer("assignee"), desk.count("select id from core.app_user where login = 'lea'"));
    EXPECT_FALSE(browser.get("/tickets").contains("name=\"take\" value=\"" + id(made) + "\"")) << "it is somebody's";
    EXPECT_EQ(browser.post("/tickets/bulk", {{"take", id(made)}, {"back", "//evil.example"}}).header("Location"), "/tickets") << "R51";
    EXPECT_EQ(browser.post("/tickets/bulk", {{"take", "999999"}}).status, 422);
    auto later = desk.browser();
    later.log_in("admin");
    const auto beaten = later.post("/tickets/bulk", {{"take", id(made)}});
    EXPECT_EQ(beaten.status, 422);
    EXPECT_TRUE(beaten.contains("lea")) << beaten.body;
    EXPECT_EQ(api.get(path(made)).integer("assignee"), desk.count("select id from core.app_user where login = 'lea'"));
}

}  // namespace tickets_test
