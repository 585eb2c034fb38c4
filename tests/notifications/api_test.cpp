// REST of rules and notices.
#include "desk_of_notices.hpp"

namespace notifications_test {

class RestOfNotices : public Notices {
protected:
    static constexpr const char* kRules = "/api/v1/notification-rules";
    Api api_ = desk().api(), alice_ = desk().api("alice");
};

TEST_F(RestOfNotices, only_who_may_sees_and_changes_rules) {
    EXPECT_EQ(alice_.get(kRules).status, 403);
    EXPECT_EQ(alice_.post(kRules, R"({"event": "status", "recipients": [{"kind": "assignee"}]})").status, 403);
    EXPECT_EQ(alice_.del(std::string{kRules} + "/1").status, 403);
}

TEST_F(RestOfNotices, what_is_wrong_is_said_beside_its_member) {
    const auto rules = desk().count("select count(*) from notifications.rule");
    const auto answer =
        api_.post(kRules, R"({"event": "rain", "active": "yes", "color": 1, "conditions": {"priority": ["NONE"], "moon": ["full"]},
                                              "recipients": [{"kind": "user", "user": 999999}]})");
    EXPECT_EQ(answer.status, 422);
    for (const auto* member : {"event", "active", "color", "conditions.priority", "conditions.moon", "recipients"})
        EXPECT_NE(answer.error(member), "") << member;
    for (const auto* recipients :
         {"[]", R"([{"kind": "nobody"}])", R"([{"kind": "assignee", "user": 1}])", R"([{"kind": "address", "address": "x"}])"})
        EXPECT_EQ(api_.post(kRules, std::string{R"({"event": "status", "recipients": )"} + recipients + "}").status, 422) << recipients;
    EXPECT_EQ(desk().count("select count(*) from notifications.rule"), rules);
    EXPECT_EQ(api_.patch(std::string{kRules} + "/999999", "{}").status, 404);
    EXPECT_EQ(api_.del(std::string{kRules} + "/999999").status, 404);
}

TEST_F(RestOfNotices, a_rule_is_added_changed_and_deleted) {
    const auto made = api_.post(kRules, R"({"event": "status", "conditions": {"priority": ["HIGH", "URGENT"]},
                                            "recipients": [{"kind": "user", "user": )" +
                                            std::to_string(user("carol")) + "}]}");
    ASSERT_EQ(made.status, 201) << made.body;
    const auto path = std::string{kRules} + "/" + std::to_string(made.integer("id"));
    EXPECT_TRUE(api_.get(kRules).contains(R"("priority":["HIGH","URGENT"])"));
    EXPECT_EQ(api_.patch(path, R"({"active": false, "version": 1})").integer("version"), 2);
    EXPECT_EQ(api_.patch(path, R"({"active": true, "version": 1})").status, 409);
    EXPECT_EQ(first("select event || active from notifications.rule where id = " + std::to_string(made.integer("id"))), "statusfalse");
    EXPECT_EQ(api_.del(path).status, 204);
    EXPECT_EQ(api_.del(path).status, 404);
}

TEST_F(RestOfNotices, notices_are_those_of_who_asks) {
    ticket(api_, "Pour Alice", R"("assignee":"alice")");
    EXPECT_EQ(told(), "alice assigned");
    const auto mine = alice_.get("/api/v1/notices?unread=1");
    EXPECT_TRUE(mine.contains(R"("event":"assigned")")) << mine.body;
    EXPECT_TRUE(mine.contains("confié")) << mine.body;
    EXPECT_FALSE(desk().api("bob").get("/api/v1/notices").contains("assigned"));
    EXPECT_EQ(web_test::Client{desk().port()}.send("GET", "/api/v1/notices").status, 401);
}

}  // namespace notifications_test
