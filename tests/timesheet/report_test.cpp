// Reports by user, account, contract, month and activity, and the files for spreadsheets (R46).
#include "desk_of_time.hpp"

namespace timesheet_test {
namespace {

class Report : public Time {
protected:
    void SetUp() override {
        Time::SetUp();
        auto api = desk().api();
        const auto party = customer(api, "=Aubépine");
        const auto on = contract_ticket(api, party, "=1+1");
        spend(api, on, R"("day":"2025-05-31","seconds":5400,"activity":"SUPPORT","note":"+33 rappeler")");
        spend(api, on, R"("day":"2025-06-01","seconds":1200,"activity":"TRAVEL","billable":false)");
        spend(api, ticket(api), R"("day":"2025-06-02","seconds":605)");
        contract_ = party.contract;
        account_ = party.account;
    }
    static std::string csv(const std::string& query) {
        auto browser = logged_in();
        const auto answer = browser.get("/time/report/export?" + query);
        EXPECT_EQ(answer.status, 200);
        EXPECT_NE(answer.header("Content-Disposition").find("attachment"), std::string::npos);
        return answer.body.substr(answer.body.find("\r\n") + 2);
    }
    std::string contract_, account_;
};

TEST_F(Report, SumsByEachOfTheFive) {
    const std::string all = "user=all&from=2025-01-01&to=2025-12-31&by=";
    EXPECT_EQ(csv(all + "user"), "Administrateur;3;2.0014;1.6681;2 h 00 min 05 s\r\n");
    EXPECT_EQ(csv(all + "month"), "May 2025;1;1.5;1.5;1 h 30 min\r\nJune 2025;2;0.5014;0.1681;30 min 05 s\r\n");
    EXPECT_EQ(csv(all + "activity"), "Support;1;1.5;1.5;1 h 30 min\r\nTravel;1;0.3333;0;20 min\r\nNone;1;0.1681;0.1681;10 min 05 s\r\n");
    EXPECT_EQ(csv(all + "account"), "'=Aubépine;2;1.8333;1.5;1 h 50 min\r\nNone;1;0.1681;0.1681;10 min 05 s\r\n");
    EXPECT_NE(csv(all + "contract").find("– Maintenance;2;1.8333;1.5;1 h 50 min\r\nNone;1"), std::string::npos);
}

TEST_F(Report, IsNarrowedByItsFilters) {
    const std::string rest = "&user=all&by=user";
    EXPECT_EQ(csv("from=2025-06-01&to=2025-06-01" + rest), "Administrateur;1;0.3333;0;20 min\r\n");
    EXPECT_EQ(csv("from=2025-01-01&billable=1" + rest), "Administrateur;2;1.6681;1.6681;1 h 40 min 05 s\r\n");
    EXPECT_EQ(csv("from=2025-01-01&activity=TRAVEL" + rest), "Administrateur;1;0.3333;0;20 min\r\n");
    EXPECT_EQ(csv("from=2025-01-01&contract_id=" + contract_ + rest), "Administrateur;2;1.8333;1.5;1 h 50 min\r\n");
    EXPECT_EQ(csv("from=2025-01-01&account_id=" + account_ + "&activity=NONE" + rest), "");
    EXPECT_EQ(csv("from=nonsense&to=2025-13-01&by=colour&activity=%27%3B&billable=maybe&user=x"),
              "Administrateur;3;2.0014;1.6681;2 h 00 min 05 s\r\n");
}

TEST_F(Report, ShowsWhatItSumsAndLeadsToTheEntriesBehindIt) {
    auto browser = logged_in();
    const auto page = browser.get("/time/report?by=month&from=2025-01-01&to=2025-06-30");
    EXPECT_TRUE(page.contains("data-chart=\"bar\"") && page.contains("May 2025") && page.contains("2 h 00 min 05 s")) << page.body;
    EXPECT_TRUE(page.contains("/time?user=all&amp;from=2025-06-01&amp;to=2025-06-30")) << page.body;
    const auto entries = browser.get("/time?user=all&from=2025-05-01&to=2025-05-31");
    EXPECT_TRUE(entries.contains("1 h 30 min") && !entries.contains("10 min 05 s"));
    EXPECT_TRUE(browser.get("/time/report?from=2024-01-01&to=2024-12-31").contains("No time matches"));
    EXPECT_TRUE(browser.get("/accounts/" + account_).contains("1 h 50 min"));
}

TEST_F(Report, InFrenchDurationsAreWrittenAsTheFrenchDo) {
    auto browser = logged_in();
    browser.cookies["lang"] = "fr";
    run("update core.app_user set language = 'fr' where login = 'admin'");
    auto french = desk().browser();
    french.log_in("admin");
    const auto file = french.get("/time/export?user=all&to=2025-05-31").body;
    EXPECT_NE(file.find("2025-05-31;;;\"1,5\";1\u00a0h\u00a030;"), std::string::npos) << file;
    EXPECT_TRUE(french.get("/time?user=all").contains("1\u00a0h\u00a030"));
    run("update core.app_user set language = null where login = 'admin'");
}

TEST_F(Report, R46_noCellIsAFormula) {
    auto browser = logged_in();
    const auto file = browser.get("/time/export?user=all").body;
    EXPECT_NE(file.find(";'=1+1;'=Aubépine;"), std::string::npos) << file;
    EXPECT_NE(file.find(";'+33 rappeler;"), std::string::npos) << file;
    EXPECT_EQ(count("select count(*) from core.audit where action = 'timesheet.exported' and details ->> 'entries' = '3'"), 1);
}

TEST_F(Report, OfWhoMayReadHisOwnTimeHasThatOnly) {
    desk().set_level("agent", "timesheet.entry.read", 1);
    desk().add_user("seul");
    auto own = desk().api("seul");
    spend(own, ticket(own), R"("day":"2025-06-02","seconds":60)");
    auto browser = logged_in("seul");
    const auto page = browser.get("/time/report?user=all&from=2025-01-01");
    EXPECT_TRUE(page.contains("seul</a>") && !page.contains("2 h 00 min 05 s")) << page.body;
    EXPECT_FALSE(browser.get("/time/export?user=all").contains("rappeler"));
    EXPECT_FALSE(browser.get("/accounts/" + account_).contains("1 h 50 min"));
    desk().set_level("agent", "timesheet.entry.read", 3);
}

}  // namespace
}  // namespace timesheet_test
