// The module as a whole: switched off and on again, and its pages with 100,000 entries.
#include "desk_of_time.hpp"

namespace timesheet_test {
namespace {

class Module : public Time {
protected:
    static void plan_uses(const std::string& sql, const std::string& index) {
        const auto plan = text("select string_agg(line, E'\\n') from (select timesheet_plan($$" + sql + "$$) as line) p");
        EXPECT_NE(plan.find(index), std::string::npos) << sql << "\n" << plan;
        EXPECT_EQ(plan.find("Seq Scan on entry"), std::string::npos) << sql << "\n" << plan;
    }
};

TEST_F(Module, SwitchedOffNothingOfItIsSeenAndOnAgainEverythingIsThere) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto party = customer(api);
    const auto on = contract_ticket(api, party);
    spend(api, on, R"("day":"2025-06-02","seconds":3600)");
    start(api, on);
    const std::vector<std::pair<std::string, std::string>> places = {{page(on), "Start the stopwatch|data-elapsed|tab-timesheet.ticket"},
                                                                     {"/accounts/" + party.account, "h-time"},
                                                                     {"/contracts/" + party.contract, "h-packs"},
                                                                     {"/tickets", "Time spent"},
                                                                     {"/", "href=\"/time\""}};
    const auto seen = [&](const std::string& path, const std::string& any_of) {
        const auto answer = browser.get(path);
        EXPECT_EQ(answer.status, 200) << path;
        for (std::size_t at = 0; at <= any_of.size();) {
            const auto end = std::min(any_of.find('|', at), any_of.size());
            if (answer.contains(any_of.substr(at, end - at))) return true;
            at = end + 1;
        }
        return false;
    };
    for (const auto& [path, what] : places) EXPECT_TRUE(seen(path, what)) << path;
    ASSERT_EQ(browser.post("/admin/modules/timesheet/disable", {}).status, 303);
    for (const auto& [path, what] : places) EXPECT_FALSE(seen(path, what)) << path;
    EXPECT_EQ(browser.get("/time").status, 404);
    EXPECT_EQ(api.get("/api/v1/time-entries").status, 404);
    EXPECT_EQ(api.post("/api/v1/tickets/" + id(on) + "/resolve", "").status, 200);
    ASSERT_EQ(browser.post("/admin/modules/timesheet/enable", {}).status, 303);
    for (const auto& [path, what] : places) EXPECT_TRUE(seen(path, what)) << path;
    EXPECT_EQ(api.get("/api/v1/time-entries").json().get("items")->size(), 1u);
    EXPECT_EQ(api.get("/api/v1/stopwatches").json().get("items")->size(), 1u);
}

TEST_F(Module, ListsGoByAnIndexWith100000Entries) {
    for (int i = 0; i < 10; ++i)  // in parts: each statement has its time
        run("insert into timesheet.entry (user_id, ticket_id, ticket_ref, account_id, contract_id, day, seconds, billable, activity)"
            " select 1 + i % 20, 1 + i % 5000, 'T', 1 + i % 300, 1 + i % 400, '2020-01-01'::date + i % 1900, 60 + i % 3000, i % 3 > 0, "
            "'SUPPORT'"
            " from generate_series(1, 10000) n cross join lateral (select n + " +
            std::to_string(i * 10000) + " as i) k");
    run("insert into timesheet.hour_pack (contract_id, account_id, seconds, starts_on) select i, 1, 36000, '2020-01-01' from "
        "generate_series(1, 400) i");
    run("analyze timesheet.entry");
    run("create or replace function timesheet_plan(sql text) returns setof text language plpgsql as $f$ begin return query execute "
        "'explain ' || sql; end $f$");
    const std::string head = "select * from timesheet.entry e where ", tail = " order by e.day desc, e.id desc limit 26";
    plan_uses(head + "true" + tail, "entry_day");
    plan_uses(head + "(e.day, e.id) < ('2023-01-01'::date, 50000)" + tail, "entry_day");
    plan_uses(head + "e.user_id = 7" + tail, "entry_user");
    plan_uses(head + "e.ticket_id = 7" + tail, "entry_ticket");
    plan_uses(head + "e.account_id = 7" + tail, "entry_account");
    plan_uses(head + "e.contract_id = 7" + tail, "entry_contract");
    plan_uses(
        "select sum(e.seconds) from timesheet.entry e where e.contract_id = 7 and e.billable and e.day between '2021-01-01' and "
        "'2021-12-31'",
        "entry_contract");
    plan_uses("select sum(e.seconds) from timesheet.entry e where e.day >= '2024-12-01' and e.day <= '2024-12-31'", "entry_day");
    auto browser = logged_in();
    for (const auto path : {"/time?user=all", "/time?user=3", "/time?user=all&contract_id=7",
                            "/time/report?user=all&from=2020-01-01&by=account", "/contracts/1"})
        EXPECT_LT(browser.get(path).status, 500) << path;
    run("drop function timesheet_plan(text)");
}

}  // namespace
}  // namespace timesheet_test
