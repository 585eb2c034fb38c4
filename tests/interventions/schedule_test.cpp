// What calendars are told of planned interventions (interventions/schedule_v1.h).
#include "interventions/desk_of_interventions.hpp"

namespace interventions_test {

class Schedule : public Interventions {
protected:
    static void SetUpTestSuite() { open_desk({host::plugin_tests::built("planner")}); }
    // 2026-12-01T00:00:00Z and hours after it.
    static std::string at(int hours) { return std::to_string(1'796'083'200 + hours * 3600); }
    static Answer asked(Browser& browser, int from, int to, std::int64_t user = 0) {
        return browser.get("/planner?from=" + at(from) + "&to=" + at(to) + "&user=" + std::to_string(user));
    }
    static std::size_t planned(Browser& browser, int from, int to, std::int64_t user = 0) {
        return items(asked(browser, from, to, user)).size();
    }
};

TEST_F(Schedule, says_what_touches_the_time_for_whom_and_to_whom) {
    auto api = desk().api();
    const auto alice = desk().add_user("alice"), bob = desk().add_user("bob", "reader");
    desk().set_level("reader", "interventions.intervention.read", GUICHET_LEVEL_OWN);
    const auto owner = account(api, "Brasserie du Port");
    const auto machine = equipment(api, owner, R"("label":"Tireuse","address":"Quai 3")");
    const auto plan = [&](const std::string& from, const std::string& to, std::int64_t user) {
        return make(api, "interventions",
                    R"({"account_id":)" + owner + R"(,"subject":"Visite","equipment_id":)" + machine + R"(,"planned_from":")" + from +
                        R"(","planned_to":)" + to + R"(,"technicians":[)" + std::to_string(user) + "]}");
    };
    plan("2026-12-01T10:00:00Z", "null", alice);
    plan("2026-12-01T14:00:00Z", "\"2026-12-01T16:00:00Z\"", bob);
    make(api, "interventions", R"({"account_id":)" + owner + R"(,"subject":"Sans date"})");
    auto admin = logged_in();
    EXPECT_EQ(planned(admin, 0, 24), 2u);
    EXPECT_EQ(planned(admin, 0, 10), 0u) << "it begins when the time is over";
    EXPECT_EQ(planned(admin, 11, 14), 0u) << "an hour when no end is planned";
    EXPECT_EQ(planned(admin, 15, 24), 1u) << "it has begun already";
    EXPECT_EQ(planned(admin, 16, 24), 0u);
    EXPECT_EQ(planned(admin, 0, 24, alice), 1u);
    EXPECT_EQ(planned(admin, 24, 0), 0u);
    const auto answer = asked(admin, 0, 12);
    ASSERT_EQ(items(answer).size(), 1u) << answer.body;
    const auto* item = items(answer).at(0);
    EXPECT_EQ(item->get("account_name")->as_string(), "Brasserie du Port");
    EXPECT_EQ(item->get("address")->as_string(), "Quai 3");
    EXPECT_EQ(item->get("technicians")->at(0)->as_integer(), alice);
    EXPECT_EQ(item->get("path")->as_string(), "/interventions/" + std::to_string(item->get("id")->as_integer()));
    EXPECT_TRUE(answer.contains("2026-12-01T11:00:00")) << answer.body;
    auto his = logged_in("bob");
    EXPECT_EQ(planned(his, 0, 24), 1u) << "R31: his own only";
    EXPECT_EQ(planned(his, 0, 24, alice), 0u);
}

}  // namespace interventions_test
