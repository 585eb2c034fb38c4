// /admin/notifications: the rules as administrators see and change them, and who would be told.
#include "desk_of_notices.hpp"

namespace notifications_test {

class RulePages : public Notices {
protected:
    void SetUp() override {
        Notices::SetUp();
        admin_.log_in("admin");
    }
    void TearDown() override {
        sql("delete from notifications.rule where id > 8");
        sql("update notifications.rule set active = true");
    }
    using Fields = std::vector<std::pair<std::string, std::string>>;
    web_test::Answer add(Fields fields) { return admin_.post_pairs("/admin/notifications/new", std::move(fields)); }
    static std::string newest() { return first("select max(id)::text from notifications.rule"); }

    Browser admin_ = desk().browser();
};

TEST_F(RulePages, only_who_may_sees_and_changes_rules) {
    auto agent = desk().browser();
    agent.log_in("alice");
    EXPECT_EQ(agent.get("/admin/notifications").status, 403);
    EXPECT_EQ(agent.post("/admin/notifications/new", {{"event", "status"}, {"recipient", "watchers"}}).status, 403);
    EXPECT_EQ(agent.post("/admin/notifications/1/delete", {{"confirmed", "1"}}).status, 403);
    auto manager = desk().browser();
    manager.log_in("manon");
    EXPECT_EQ(manager.get("/admin/notifications").status, 200);
}

TEST_F(RulePages, what_is_wrong_is_said_and_kept) {
    EXPECT_TRUE(add({{"event", "nothing"}, {"recipient", "watchers"}}).contains("id=\"e-event\""));
    EXPECT_TRUE(add({{"event", "status"}}).contains("id=\"e-recipients\""));
    for (const auto* wrong : {"user:999999", "team:x", "user", "everybody", "user:1;drop"})
        EXPECT_TRUE(add({{"event", "status"}, {"recipient", wrong}, {"address", ""}}).contains("id=\"e-recipients\"")) << wrong;
    const auto address =
        add({{"event", "status"}, {"recipient", "address"}, {"address", "a@b.example, c@d.example"}, {"when_priority", "HIGH"}});
    EXPECT_EQ(address.status, 422);
    EXPECT_TRUE(address.contains("a@b.example, c@d.example"));
    EXPECT_TRUE(address.contains("value=\"HIGH\" checked"));
    EXPECT_EQ(add({{"event", "status"}, {"recipient", "watchers"}, {"when_priority", "<b>"}}).status, 422);
    EXPECT_EQ(admin_.get("/admin/notifications/999999").status, 404);
    EXPECT_EQ(newest(), "8");
}

TEST_F(RulePages, S2_33_a_team_is_told_of_urgent_tickets) {
    const auto team = first("insert into core.team (name) values ('Urgences') returning id::text");
    sql("insert into core.team_member (team_id, user_id) select " + team + ", id from core.app_user where login in ('bob', 'carol')");
    EXPECT_EQ(add({{"event", "new_ticket"},
                   {"active", "1"},
                   {"mode", "all"},
                   {"when_priority", "URGENT"},
                   {"when_priority", "HIGH"},
                   {"recipient", "team:" + team},
                   {"address", ""},
                   {"recipient", "address"},
                   {"address", "astreinte@guichet.example"}})
                  .status,
              303);
    const auto page = admin_.get("/admin/notifications");
    EXPECT_TRUE(page.contains("Urgences"));
    EXPECT_TRUE(page.contains("astreinte@guichet.example"));
    auto api = desk().api("alice");
    ticket(api, "Incendie", R"("priority":"URGENT","assignee":"manon")");
    EXPECT_EQ(told(), "astreinte@guichet.example new_ticket, bob new_ticket, carol new_ticket, manon assigned");
    SetUp();
    ticket(api, "Lent", R"("priority":"LOW","assignee":"manon")");
    EXPECT_EQ(told(), "manon assigned");
    SetUp();
    EXPECT_EQ(admin_.post("/admin/notifications/" + newest() + "/active", {{"active", "0"}}).status, 303);
    ticket(api, "Feu", R"("priority":"URGENT","assignee":"manon")");
    EXPECT_EQ(told(), "manon assigned") << "the rule is off";
    EXPECT_GE(desk().count("select count(*) from core.audit where action = 'notifications.rule_changed'"), 2);
}

TEST_F(RulePages, a_rule_is_changed_moved_and_deleted) {
    EXPECT_EQ(add({{"event", "status"}, {"recipient", "managers"}}).status, 303);
    const auto path = "/admin/notifications/" + newest();
    EXPECT_EQ(admin_.post(path, {{"version", "1"}, {"event", "merged"}, {"recipient", "in_charge"}}).status, 303);
    EXPECT_EQ(first("select event from notifications.rule where id = " + newest()), "merged");
    EXPECT_EQ(admin_.post(path, {{"version", "1"}, {"event", "note"}, {"recipient", "in_charge"}}).status, 422) << "somebody was quicker";
    EXPECT_EQ(admin_.post(path + "/move", {{"to", "down"}}).status, 303);
    EXPECT_EQ(admin_.post(path + "/move", {{"to", "up"}}).status, 303);
    EXPECT_EQ(first("select string_agg(id::text, ',' order by position) from notifications.rule"), "1,2,3,4,5,6,7," + newest() + ",8");
    EXPECT_EQ(admin_.post(path + "/delete", {}).status, 200) << "is asked first";
    EXPECT_EQ(admin_.post(path + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(newest(), "8");
}

TEST_F(RulePages, S0_13_users_whom_no_mail_reaches_are_named) {
    EXPECT_FALSE(admin_.get("/admin/notifications").contains(">carol<"));
    sql("update core.app_user set email = 'carol@' where login = 'carol'");
    const auto page = admin_.get("/admin/notifications");
    EXPECT_TRUE(page.contains(">carol</a>")) << page.body;
    sql("update core.app_user set email = 'carol@guichet.example' where login = 'carol'");
}

TEST_F(RulePages, who_would_be_told_is_shown_and_nobody_is) {
    auto api = desk().api();
    const auto t = ticket(api, "Essai", R"("assignee":"alice")");
    settle();
    SetUp();
    const auto shown = admin_.get("/admin/notifications?event=customer_message&ref=" + t.text("ref"));
    EXPECT_TRUE(shown.contains("alice"));
    EXPECT_TRUE(shown.contains("manon"));
    EXPECT_TRUE(admin_.get("/admin/notifications?event=customer_message&ref=X").contains("id=\"e-ref\""));
    EXPECT_EQ(told(), "");
    auto manager = desk().browser();
    desk().set_level("manager", "tickets.ticket.read", GUICHET_LEVEL_OWN);
    manager.log_in("manon");
    EXPECT_TRUE(manager.get("/admin/notifications?event=note&ref=" + t.text("ref")).contains("id=\"e-ref\"")) << "not for her: not there";
    desk().set_level("manager", "tickets.ticket.read", GUICHET_LEVEL_ALL);
}

}  // namespace notifications_test
