// Each user's own page of notices, the number beside the bell, and what he wants to be told of.
#include "desk_of_notices.hpp"

namespace notifications_test {

class Feed : public Notices {
protected:
    void SetUp() override {
        Notices::SetUp();
        alice_.log_in("alice");
    }
    static std::int64_t unread(const std::string& login = "alice") {
        return desk().count(
            "select count(*) from notifications.notice n join core.app_user u on u.id = n.user_id where read_at is null and login = '" +
            login + "'");
    }
    Api api_ = desk().api();
    Browser alice_ = desk().browser();
};

TEST_F(Feed, nothing_to_read_says_what_to_do) {
    const auto page = alice_.get("/notifications");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("/notifications/preferences"));
    EXPECT_TRUE(page.contains("class=\"empty\""));
}

TEST_F(Feed, notices_of_others_are_not_there) {
    ticket(api_, "À Bob", R"("assignee":"bob")");
    settle();
    const auto notice = first("select id::text from notifications.notice");
    EXPECT_EQ(alice_.get("/notifications/" + notice).status, 404);
    alice_.get("/notifications");
    EXPECT_EQ(alice_.post("/notifications/" + notice + "/read", {}).status, 303);
    EXPECT_EQ(alice_.post("/notifications/read", {{"newest", notice}}).status, 303);
    EXPECT_EQ(unread("bob"), 1);
    EXPECT_FALSE(alice_.get("/notifications").contains("À Bob"));
}

TEST_F(Feed, what_one_may_no_longer_see_is_not_named) {
    const auto t = ticket(api_, "Confidentiel", R"("assignee":"alice")");
    settle();
    EXPECT_TRUE(alice_.get("/notifications").contains("Confidentiel"));
    desk().set_level("agent", "tickets.ticket.read", GUICHET_LEVEL_OWN);
    EXPECT_EQ(api_.patch(path(t), R"({"assignee":"bob"})").status, 200);
    EXPECT_FALSE(alice_.get("/notifications").contains("Confidentiel"));
    settle();
    desk().set_level("agent", "tickets.ticket.read", GUICHET_LEVEL_ALL);
}

TEST_F(Feed, one_is_read_all_are_read_and_a_ticket_that_is_opened_is) {
    std::vector<web_test::Answer> tickets;
    for (int i = 0; i < 4; ++i) tickets.push_back(ticket(api_, "Numéro " + std::to_string(i), R"("assignee":"alice")"));
    settle();
    EXPECT_EQ(unread(), 4);
    const auto page = alice_.get("/notifications");
    EXPECT_TRUE(page.contains("vous a confié le ticket")) << page.body;
    EXPECT_TRUE(alice_.get("/_badges").contains(">4<")) << alice_.get("/_badges").body;
    const auto oldest = first("select min(id)::text from notifications.notice");
    EXPECT_EQ(alice_.get("/notifications/" + oldest).header("Location"), tickets_test::page(tickets[0]));
    EXPECT_EQ(unread(), 3);
    EXPECT_EQ(alice_.get(tickets_test::page(tickets[1])).status, 200);
    EXPECT_EQ(unread(), 2) << "opening a ticket is reading of it";
    const auto seen = first("select min(id)::text from notifications.notice where read_at is null");
    EXPECT_EQ(alice_.post("/notifications/read", {{"newest", seen}}).status, 303);
    EXPECT_EQ(unread(), 1) << "what came after the page was drawn stays";
    EXPECT_TRUE(alice_.get("/notifications?view=unread").contains("Numéro 3"));
    EXPECT_FALSE(alice_.get("/notifications?view=unread").contains("Numéro 2"));
}

TEST_F(Feed, pages_follow_one_another) {
    sql("insert into notifications.notice (delivery_id, user_id, event, ticket_id, actor_id)"
        " select -n, " +
        std::to_string(user("alice")) + ", 'new_ticket', " + id(ticket(api_)) + ", 0 from generate_series(1, 60) n");
    std::string next = "/notifications";
    int pages = 0, rows = 0;
    for (; !next.empty() && pages < 10; ++pages) {
        const auto page = alice_.get(next);
        for (auto at = page.body.find("id=\"n-"); at != std::string::npos; at = page.body.find("id=\"n-", at + 1)) ++rows;
        const auto link = page.body.find("rel=\"next\"");
        const auto from = link == std::string::npos ? link : page.body.rfind("href=\"", link) + 6;
        next = link == std::string::npos ? "" : page.body.substr(from, page.body.find('"', from) - from);
    }
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(rows, 60);
}

TEST_F(Feed, everybody_chooses_per_event) {
    const std::map<std::string, std::string> all{
        {"assigned", "page"}, {"customer_message", "mail"}, {"new_ticket", "page"}, {"note", "none"},
        {"reply", "page"},    {"status", "page"},           {"merged", "page"},     {"alert", "page"}};
    auto wrong = all;
    wrong["assigned"] = "pigeon";
    alice_.get("/notifications/preferences");
    EXPECT_EQ(alice_.post("/notifications/preferences", wrong).status, 422);
    EXPECT_EQ(desk().count("select count(*) from notifications.preference"), 0);
    EXPECT_EQ(alice_.post("/notifications/preferences", all).status, 303);
    const auto t = ticket(api_, "Sur la page", R"("assignee":"alice")");
    EXPECT_EQ(mailed(), "") << "on the page only";
    EXPECT_EQ(unread(), 1);
    EXPECT_EQ(api_.post(path(t) + "/messages", R"({"body":"x","visibility":"team","by_mail":true})").status, 201);
    settle();
    EXPECT_EQ(unread(), 1) << "notes are not wanted";
}

TEST_F(Feed, without_an_own_choice_the_administrators_holds) {
    set("channels", R"({"assigned":"none"})");
    ticket(api_, "Muet", R"("assignee":"alice")");
    EXPECT_EQ(told(), "alice new_ticket") << "the other occasion of the same event";
    set("channels", "{}");
}

TEST_F(Feed, who_has_no_address_is_told_so) {
    sql("update core.app_user set email = null where login = 'alice'");
    EXPECT_TRUE(alice_.get("/notifications/preferences").contains("notice-warning"));
    sql("update core.app_user set email = 'alice@guichet.example' where login = 'alice'");
    EXPECT_FALSE(alice_.get("/notifications/preferences").contains("notice-warning"));
}

TEST_F(Feed, old_notices_are_forgotten) {
    ticket(api_, "Ancien", R"("assignee":"alice")");
    ticket(api_, "Récent", R"("assignee":"alice")");
    settle();
    sql("update notifications.notice set created_at = now() - interval '91 days' where id = (select min(id) from notifications.notice)");
    sql("insert into core.job_run (job_id, singleton, max_attempts) values ('notifications.forget', true, 5)");
    sql("select pg_notify('core_jobs', '')");
    EXPECT_TRUE(support::wait_until([] { return desk().count("select count(*) from notifications.notice") == 1; }));
    EXPECT_TRUE(alice_.get("/notifications").contains("Récent"));
}

}  // namespace notifications_test
