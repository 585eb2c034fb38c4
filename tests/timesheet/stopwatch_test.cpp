// S1-17, S1-18: the stopwatch on a ticket.
#include "desk_of_time.hpp"

#include <thread>

namespace timesheet_test {
namespace {

class Stopwatch : public Time {
protected:
    static std::string location(const Answer& answer) { return answer.header("Location"); }
    static Answer begin(Browser& browser, const Answer& on) { return browser.post("/time/stopwatches", {{"ticket_id", id(on)}}); }
    // Where the running one of the user is.
    static std::string path() { return "/time/stopwatches/" + text("select max(id)::text from timesheet.stopwatch"); }
};

TEST_F(Stopwatch, S1_17_shows_its_start_stops_and_is_recorded_as_corrected) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto on = ticket(api, "Chrono");
    EXPECT_TRUE(browser.get(page(on)).contains("Start the stopwatch"));
    EXPECT_EQ(location(begin(browser, on)), page(on));
    run("update timesheet.stopwatch set started_at = '2025-06-02 07:00:00+00'");  // 09:00 in Paris
    const auto running = browser.get(page(on));
    EXPECT_TRUE(running.contains("data-elapsed=") && running.contains("2 Jun 2025, 09:00")) << running.body;
    EXPECT_EQ(location(browser.post(path() + "/stop", {})), path());
    run("update timesheet.stopwatch set stopped_at = '2025-06-02 08:30:05+00'");
    const auto form = browser.get(path());
    EXPECT_TRUE(form.contains("value=\"09:00\"") && form.contains("value=\"10:30:05\"") && form.contains("1 h 30 min 05 s")) << form.body;
    EXPECT_TRUE(browser.get(page(on)).contains("Record 1:30:05"));
    const auto done = browser.post(
        path() + "/record",
        {{"day", "2025-06-02"}, {"from", "09:00"}, {"to", "10:15"}, {"activity", "SUPPORT"}, {"note", "Câble changé"}, {"billable", "1"}});
    EXPECT_EQ(done.status, 303) << done.body;
    EXPECT_EQ(location(done), page(on) + "?tab=timesheet.ticket");
    EXPECT_EQ(text("select seconds || ' ' || activity || ' ' || note || ' ' || billable from timesheet.entry"),
              "4500 SUPPORT Câble changé true");
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch"), 0);
    EXPECT_TRUE(browser.get(time_of(on)).contains("Câble changé"));
}

TEST_F(Stopwatch, S1_17_is_a_row_that_another_browser_sees_and_a_badge_counts) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto on = ticket(api);
    begin(browser, on);
    auto other = logged_in();
    EXPECT_TRUE(other.get(page(on)).contains("data-elapsed="));
    EXPECT_TRUE(other.get("/time/stopwatches").contains(on.text("ref")));
    EXPECT_TRUE(other.get("/_badges").contains("timesheet.stopwatch"));
}

TEST_F(Stopwatch, StartedTwiceInTwoTabsIsOneAndTheSecondTabIsShownIt) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto on = ticket(api);
    begin(browser, on);
    EXPECT_EQ(location(begin(browser, on)), path() + "?notice=running");
    EXPECT_TRUE(browser.get(path() + "?notice=running").contains("A stopwatch of yours runs already"));
    const auto again = start(api, on);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.integer("id"), count("select id from timesheet.stopwatch"));
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch"), 1);
    EXPECT_EQ(start(api, ticket(api)).status, 201);  // on another ticket
}

TEST_F(Stopwatch, TheDatabaseDecidesWhenManyStartAtOnce) {
    auto api = desk().api();
    const auto on = ticket(api), other = ticket(api);
    for (const std::string mode : {"ticket", "user"}) {
        settings({{"one_stopwatch", mode}});
        run("delete from timesheet.stopwatch");
        std::atomic<int> fresh = 0, known = 0;
        std::vector<std::thread> tabs;
        for (int i = 0; i < 8; ++i)
            tabs.emplace_back([&, i, own = desk().api()]() mutable {
                const auto answer = start(own, i % 2 ? on : other);
                fresh += answer.status == 201;
                known += answer.status == 200;
            });
        for (auto& tab : tabs) tab.join();
        EXPECT_EQ(fresh, mode == "user" ? 1 : 2);
        EXPECT_EQ(fresh + known, 8);
    }
}

TEST_F(Stopwatch, OnePerUserAlsoCountsThoseThatRunSinceBefore) {
    auto api = desk().api();
    const auto first = start(api, ticket(api));
    settings({{"one_stopwatch", "user"}});
    const auto second = start(api, ticket(api));
    EXPECT_EQ(second.status, 200);
    EXPECT_EQ(second.integer("id"), first.integer("id"));
}

TEST_F(Stopwatch, S1_18_withoutAContractStartAndEntryAreRefusedInClearWords) {
    settings({{"contract_required", "1"}});
    auto api = desk().api();
    auto browser = logged_in();
    const auto bare = ticket(api);
    const auto refused = begin(browser, bare);
    EXPECT_EQ(refused.status, 422);
    EXPECT_TRUE(refused.contains("has none. Link a contract to the ticket first.")) << refused.body;
    EXPECT_NE(start(api, bare).error("ticket_id").find("contrat"), std::string::npos) << start(api, bare).body;
    EXPECT_NE(spend(api, bare, "\"seconds\":60").error("ticket_id"), "");
    EXPECT_TRUE(browser.get(time_of(bare)).contains("Link a contract to the ticket first."));
    const auto form = browser.post("/time/entries/new", {{"ticket_id", id(bare)}, {"day", "2025-06-02"}, {"duration", "1 h"}});
    EXPECT_EQ(form.status, 422);
    EXPECT_TRUE(form.contains("Link a contract to the ticket first.") && form.contains("value=\"1 h\"")) << form.body;
    EXPECT_EQ(count("select (select count(*) from timesheet.entry) + (select count(*) from timesheet.stopwatch)"), 0);
}

TEST_F(Stopwatch, S1_18_timeIsBookedOnTheContractTheTicketHadAtTheStart) {
    settings({{"contract_required", "1"}});
    auto api = desk().api();
    const auto party = customer(api);
    const auto on = contract_ticket(api, party);
    const auto stopwatch = start(api, on);
    EXPECT_EQ(stopwatch.status, 201) << stopwatch.body;
    turn_back(stopwatch, 600);
    EXPECT_EQ(api.patch("/api/v1/tickets/" + id(on), R"({"contract_id":null})").status, 200);
    const auto entry = api.post("/api/v1/stopwatches/" + id(stopwatch) + "/record", "{}");
    EXPECT_EQ(entry.status, 201) << entry.body;
    EXPECT_EQ(std::to_string(entry.integer("contract_id")), party.contract);
}

TEST_F(Stopwatch, WhatAnotherTabHasRecordedOrDiscardedIsSaid) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto on = ticket(api);
    begin(browser, on);
    const auto where = path();
    const auto asked = browser.post(where + "/discard", {});
    EXPECT_EQ(asked.status, 200);
    EXPECT_TRUE(asked.contains("Discard this time?"));
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch"), 1);
    EXPECT_EQ(browser.post(where + "/discard", {{"confirmed", "1"}}).status, 303);
    for (const auto step : {"/discard", "/record", "/stop", ""}) {
        const auto late = *step ? browser.post(where + step, {}) : browser.get(where);
        EXPECT_EQ(location(late), "/time/stopwatches?notice=gone") << step;
    }
    EXPECT_TRUE(browser.get("/time/stopwatches?notice=gone").contains("recorded or discarded already"));
}

TEST_F(Stopwatch, NobodySeesThatOfSomebodyElse) {
    auto api = desk().api();
    desk().add_user("curieux");
    const auto stopwatch = start(api, ticket(api));
    auto other = desk().api("curieux");
    EXPECT_EQ(other.del("/api/v1/stopwatches/" + id(stopwatch)).status, 404);
    EXPECT_EQ(other.post("/api/v1/stopwatches/" + id(stopwatch) + "/stop", "").status, 404);
    EXPECT_EQ(location(logged_in("curieux").get(path())), "/time/stopwatches?notice=gone");
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where stopped_at is null"), 1);
}

TEST_F(Stopwatch, WhatOverlapsIsNotRecordedAndTheStopwatchStays) {
    auto api = desk().api();
    const auto on = ticket(api);
    EXPECT_EQ(spend(api, on, R"("starts_at":"2025-06-02T07:00:00Z","ends_at":"2025-06-02T08:00:00Z")").status, 201);
    const auto stopwatch = start(api, on);
    const auto record = "/api/v1/stopwatches/" + id(stopwatch) + "/record";
    const auto clash = api.post(record, R"({"starts_at":"2025-06-02T07:59:59Z","ends_at":"2025-06-02T09:00:00Z"})");
    EXPECT_EQ(clash.status, 409);
    EXPECT_TRUE(clash.contains("09:00") && clash.contains("10:00")) << clash.body;
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch"), 1);
    EXPECT_EQ(api.post(record, R"({"starts_at":"2025-06-02T08:00:00Z","ends_at":"2025-06-02T09:00:00Z"})").status, 201);
}

TEST_F(Stopwatch, OfWhatIsStoppedAtOnceNothingIsRecorded) {
    auto api = desk().api();
    auto browser = logged_in();
    const auto on = ticket(api);
    start(api, on);
    run("update timesheet.stopwatch set stopped_at = started_at");
    const auto form = browser.get(path());
    const auto from = between(form.body.substr(form.body.find("id=\"f-from\"")), "value=\"", "\"");
    const auto day = between(form.body.substr(form.body.find("id=\"f-day\"")), "value=\"", "\"");
    EXPECT_EQ(browser.post(path() + "/record", {{"day", day}, {"from", from}, {"to", from}}).status, 422);
    EXPECT_EQ(api.post("/api/v1/stopwatches/" + text("select id::text from timesheet.stopwatch") + "/record", "{}").status, 422);
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch"), 1);
}

TEST_F(Stopwatch, S3_24_startsAndStopsWithTheTicketOfWhoMovesIt) {
    settings({{"start_with_ticket", "1"}, {"at_end", "stop"}});
    auto api = desk().api();
    const auto on = ticket(api);
    const auto step = [&](const std::string& name) {
        const auto answer = api.post("/api/v1/tickets/" + id(on) + "/" + name, "");
        EXPECT_EQ(answer.status, 200) << answer.body;
    };
    step("take");  // an assignee is not yet work
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch"), 0);
    step("start");
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where automatic and stopped_at is null"), 1);
    step("resolve");
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where stopped_at is not null"), 1);
}

TEST_F(Stopwatch, S3_24_isRecordedAtTheEndOrWaitsWhenItCannotBe) {
    settings({{"start_with_ticket", "1"}, {"at_end", "record"}});
    auto api = desk().api();
    const auto worked = ticket(api), clashing = ticket(api);
    for (const auto& on : {worked, clashing}) {
        EXPECT_EQ(api.post("/api/v1/tickets/" + id(on) + "/start", "").status, 200);
        run("update timesheet.stopwatch set started_at = started_at - interval '1 hour' where ticket_id = " + id(on));
        EXPECT_EQ(api.post("/api/v1/tickets/" + id(on) + "/resolve", "").status, 200);
    }
    EXPECT_EQ(count("select count(*) from timesheet.entry where ticket_id = " + id(worked) + " and seconds between 3600 and 3660"), 1);
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where stopped_at is not null and ticket_id = " + id(clashing)), 1);
    EXPECT_EQ(count("select count(*) from timesheet.entry"), 1);
}

TEST_F(Stopwatch, S3_24_keepsNoTicketFromMoving) {
    settings({{"start_with_ticket", "1"}, {"contract_required", "1"}, {"at_end", "record"}});
    auto api = desk().api();
    const auto on = ticket(api);
    EXPECT_EQ(api.post("/api/v1/tickets/" + id(on) + "/start", "").status, 200);
    EXPECT_EQ(api.post("/api/v1/tickets/" + id(on) + "/resolve", "").status, 200);
    EXPECT_EQ(count("select (select count(*) from timesheet.entry) + (select count(*) from timesheet.stopwatch)"), 0);
}

TEST_F(Stopwatch, GoesOnWhereTheTicketWasMergedAndWaitsWhenItIsDeleted) {
    auto api = desk().api();
    const auto from = ticket(api), into = ticket(api);
    turn_back(start(api, from), 60);
    start(api, into);
    spend(api, from, R"("day":"2025-06-02","seconds":60)");
    EXPECT_EQ(api.post("/api/v1/tickets/" + id(from) + "/merge", "{\"into\":" + id(into) + "}").status, 200);
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where ticket_id = " + id(into)), 2);
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where stopped_at is null"), 1);
    EXPECT_EQ(count("select count(*) from timesheet.entry where ticket_id = " + id(into)), 1);
    EXPECT_EQ(api.del("/api/v1/tickets/" + id(into)).status, 204);
    EXPECT_EQ(count("select count(*) from timesheet.stopwatch where stopped_at is null"), 0);
    EXPECT_EQ(count("select count(*) from timesheet.entry"), 1);
    auto browser = logged_in();
    EXPECT_EQ(browser.get("/time").status, 200);
    EXPECT_EQ(browser.get(path()).status, 200);
}

}  // namespace
}  // namespace timesheet_test
