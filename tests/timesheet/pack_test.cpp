// Packs of hours of a contract: what is bought, used and left.
#include "desk_of_time.hpp"

namespace timesheet_test {
namespace {

class Pack : public Time {
protected:
    Answer buy(const std::string& more) {
        return api_.post("/api/v1/hour-packs", "{\"contract_id\":" + party_.contract + "," + more + "}");
    }
    Answer shown() { return browser_.get("/contracts/" + party_.contract); }

    Api api_ = desk().api();
    Browser browser_ = logged_in();
    Customer party_ = customer(api_);
    Answer on_ = contract_ticket(api_, party_);
};

TEST_F(Pack, WhatCannotBeMeantIsRefused) {
    for (const auto more :
         {R"("seconds":0,"starts_on":"2025-01-01")", R"("seconds":-3600,"starts_on":"2025-01-01")", R"("seconds":3600)",
          R"("seconds":3600,"starts_on":"2025-02-30")", R"("seconds":3600,"starts_on":"2025-02-01","ends_on":"2025-01-01")",
          R"("seconds":"20 h","starts_on":"2025-01-01")", R"("seconds":3600,"starts_on":"2025-01-01","colour":1)"})
        EXPECT_EQ(buy(more).status, 422) << more;
    EXPECT_EQ(api_.post("/api/v1/hour-packs", R"({"contract_id":999999,"seconds":3600,"starts_on":"2025-01-01"})").status, 422);
    const auto form = browser_.post("/time/packs/new", {{"contract_id", party_.contract}, {"hours", "beaucoup"}, {"starts_on", ""}});
    EXPECT_EQ(form.status, 422);
    EXPECT_TRUE(form.contains("Enter a number of hours") && form.contains("Enter a date.") && form.contains("beaucoup")) << form.body;
    EXPECT_EQ(count("select count(*) from timesheet.hour_pack"), 0);
}

TEST_F(Pack, BillableTimeWithinItsValidityIsTakenFromIt) {
    EXPECT_EQ(
        browser_.post("/time/packs/new", {{"contract_id", party_.contract}, {"hours", "2"}, {"starts_on", "2025-06-01"}, {"ends_on", ""}})
            .status,
        303);
    const auto pack = "/api/v1/hour-packs/" + text("select id::text from timesheet.hour_pack");
    spend(api_, on_, R"("day":"2025-06-02","seconds":3600)");
    spend(api_, on_, R"("day":"2025-06-02","seconds":3600,"billable":false)");
    spend(api_, on_, R"("day":"2025-05-31","seconds":3600)");
    spend(api_, ticket(api_), R"("day":"2025-06-02","seconds":3600)");
    EXPECT_EQ(api_.get(pack).integer("used"), 3600);
    const auto page = shown();
    EXPECT_TRUE(page.contains("1 h of 2 h are left") && page.contains("1 h of 2 h used")) << page.body;
    EXPECT_TRUE(browser_.get(time_of(on_)).contains("1 h of 2 h are left"));
}

TEST_F(Pack, LittleLeftIsAWarningAndMoreThanItHasIsRecordedAndFlagged) {
    ASSERT_EQ(buy(R"("seconds":36000,"starts_on":"2025-06-01")").status, 201);
    spend(api_, on_, R"("day":"2025-06-02","seconds":28000)");
    EXPECT_TRUE(shown().contains("are left of the pack") && !shown().contains("Only ")) << shown().body;
    const auto fits = spend(api_, on_, R"("day":"2025-06-03","seconds":2000)");
    EXPECT_TRUE(shown().contains("Only 1 h 40 min of 10 h are left")) << shown().body;
    const auto over = spend(api_, on_, R"("day":"2025-06-04","seconds":9600)");
    EXPECT_EQ(over.status, 201);
    EXPECT_TRUE(over.json().get("over_pack")->as_bool());
    EXPECT_FALSE(api_.get("/api/v1/time-entries/" + id(fits)).json().get("over_pack")->as_bool());
    EXPECT_TRUE(shown().contains("1 h more than the 10 h that were bought") && shown().contains("Over the pack"));
    // an earlier day takes its time first, and what is deleted gives it back
    const auto earlier = spend(api_, on_, R"("day":"2025-06-01","seconds":9000)");
    EXPECT_TRUE(api_.get("/api/v1/time-entries/" + id(fits)).json().get("over_pack")->as_bool());
    EXPECT_EQ(api_.del("/api/v1/time-entries/" + id(earlier)).status, 204);
    EXPECT_FALSE(api_.get("/api/v1/time-entries/" + id(fits)).json().get("over_pack")->as_bool());
}

TEST_F(Pack, TwoOfAContractAreNeverValidOnTheSameDay) {
    ASSERT_EQ(buy(R"("seconds":3600,"starts_on":"2025-01-01","ends_on":"2025-06-30")").status, 201);
    EXPECT_EQ(buy(R"("seconds":3600,"starts_on":"2025-06-30")").status, 409);
    ASSERT_EQ(buy(R"("seconds":3600,"starts_on":"2025-07-01")").status, 201);
    const auto form = browser_.post("/time/packs/new", {{"contract_id", party_.contract}, {"hours", "2"}, {"starts_on", "2025-12-01"}});
    EXPECT_EQ(form.status, 422);
    EXPECT_TRUE(form.contains("Another pack of this contract is valid from 2025-07-01")) << form.body;
    const auto first = "/api/v1/hour-packs/" + text("select min(id)::text from timesheet.hour_pack");
    EXPECT_EQ(api_.patch(first, R"({"ends_on":null})").status, 409);
    EXPECT_EQ(api_.patch(first, R"({"seconds":7200})").integer("version"), 2);
    EXPECT_EQ(api_.patch(first, R"({"seconds":7300,"version":1})").status, 409);
    EXPECT_THROW(run("update timesheet.hour_pack set starts_on = '2025-01-01', ends_on = null"), host::db::Error);
}

TEST_F(Pack, IsForWhoMayManageThem) {
    const auto pack = "/api/v1/hour-packs/" + id(buy(R"("seconds":3600,"starts_on":"2025-01-01")"));
    desk().add_user("agent_simple");
    auto agent = desk().api("agent_simple");
    EXPECT_EQ(agent.get(pack).status, 403);
    EXPECT_EQ(agent.del(pack).status, 403);
    auto browser = logged_in("agent_simple");
    EXPECT_FALSE(browser.get("/contracts/" + party_.contract).contains("/time/packs/"));
    EXPECT_TRUE(browser.get("/contracts/" + party_.contract).contains("of 1 h used"));
    EXPECT_EQ(browser_.post("/time/packs/" + pack.substr(19) + "/delete", {}).status, 200);
    EXPECT_EQ(browser_.post("/time/packs/" + pack.substr(19) + "/delete", {{"confirmed", "1"}}).status, 303);
    EXPECT_EQ(count("select count(*) from timesheet.hour_pack"), 0);
}

TEST_F(Pack, ContractsAndAccountsThatTimeIsBookedOnStay) {
    buy(R"("seconds":3600,"starts_on":"2025-01-01")");
    EXPECT_EQ(api_.del("/api/v1/tickets/" + id(on_)).status, 204);
    const auto refused = api_.del("/api/v1/contracts/" + party_.contract);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("forfait d’heures")) << refused.body;
    EXPECT_EQ(api_.del("/api/v1/accounts/" + party_.account).status, 409) << "it has a contract";
}

}  // namespace
}  // namespace timesheet_test
