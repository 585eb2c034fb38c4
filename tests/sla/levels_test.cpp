// Policies and the clocks of tickets on a running desk: S3-02, S3-15, S3-25 to S3-28, and behaviour cases of sla.md 6.4.
#include "desk_of_levels.hpp"

namespace {

using sla_test::id;
using sla_test::make;

class TicketClocks : public sla_test::Levels {};
class Policies : public sla_test::Levels {};

// --- what is refused ---

TEST_F(Policies, WhatIsWrongIsSaidBesideIt) {
    const auto refused = api_.post(
        "/api/v1/sla/policies",
        R"({"name":"","calendar_id":999,"scope":{"min_priority":"NEVER","types":["X"],"teams":["a"]},)"
        R"("resolution":{"amount":-1,"unit":"weeks"},"levels":[{"percent":80,"minutes":5},{"percent":50,"notify":["nobody"]}],"reopen":"x"})");
    EXPECT_EQ(refused.status, 422);
    for (const auto field : {"name", "calendar_id", "scope.min_priority", "scope.types", "scope.teams", "resolution.unit",
                             "resolution.amount", "levels.0.percent", "levels.1.notify", "reopen"})
        EXPECT_NE(refused.error(field), "") << field << ": " << refused.body;
    EXPECT_NE(api_.post("/api/v1/sla/policies", R"({"name":"Rien","calendar_id":1})").error("resolution"), "");
    EXPECT_EQ(count("select count(*) from sla.policy"), 0);
}

TEST_F(Policies, ACalendarThatNeverOpensIsRefused) {
    EXPECT_NE(api_.post("/api/v1/sla/calendars", R"({"name":"Jamais","calendar":{"zone":"Europe/Paris"}})").error("zone"), "");
    EXPECT_NE(api_.post("/api/v1/sla/calendars", R"({"name":"France","calendar":)" + kAlways + "}").error("name"), "");
    EXPECT_EQ(api_.post("/api/v1/sla/calendars", R"({"name":"X"})").status, 422);
}

TEST_F(Policies, ACalendarThatIsUsedStays) {
    policy("A", within("resolution", 60));
    EXPECT_EQ(api_.del("/api/v1/sla/calendars/" + always_).status, 409);
}

TEST_F(Policies, TwoAtTheSameTimeDoNotOverwriteOneAnother) {
    const auto a = policy("A", within("resolution", 60));
    const auto path = "/api/v1/sla/policies/" + a;
    EXPECT_EQ(api_.patch(path, R"({"version":1,"name":"B"})").status, 200);
    EXPECT_EQ(api_.patch(path, R"({"version":1,"name":"C"})").status, 409);
    EXPECT_EQ(api_.patch(path, R"({"name":"C"})", {{"If-Match", "\"1\""}}).status, 412);
    EXPECT_EQ(count("select count(*) from sla.policy_version where policy_id = " + a), 2);
}

TEST_F(Policies, AreForThoseWhoMayManageThem) {
    auto alice = desk().api("alice");
    EXPECT_EQ(alice.get("/api/v1/sla/policies").status, 403);
    EXPECT_EQ(desk().api("manon").get("/api/v1/sla/policies").status, 200);
}

// --- S3-26: which policy ---

TEST_F(Policies, S3_26_TheFirstThatSuitsIsTheOne) {
    const auto urgent = policy("Urgent", R"("scope":{"min_priority":"HIGH"},)" + within("resolution", 60));
    const auto bugs = policy("Bugs", R"("scope":{"types":["BUG"],"channels":["api"]},)" + within("resolution", 120));
    const auto rest = policy("Others", within("resolution", 600));
    const auto of = [&](const std::string& more) { return cached(ticket(0, more), "policy_id"); };
    EXPECT_EQ(of(R"("priority":"URGENT","type":"BUG")"), urgent) << "two match";
    EXPECT_EQ(of(R"("priority":"HIGH")"), urgent) << "the least priority itself";
    EXPECT_EQ(of(R"("priority":"NORMAL","type":"BUG")"), bugs);
    EXPECT_EQ(of(R"("priority":"NORMAL","type":"BUG","channel":"phone")"), rest);
    EXPECT_EQ(of(R"("priority":"LOW")"), rest);
    EXPECT_EQ(api_.write("PUT", "/api/v1/sla/policies/order", R"({"ids":[)" + rest + "]}").status, 200);
    settle();
    EXPECT_EQ(of(R"("priority":"URGENT")"), rest) << "as it was moved up";
}

TEST_F(Policies, S3_26_OfATeamAnAccountAContract) {
    sql("insert into core.team (name) values ('Réseau') on conflict do nothing");
    const auto team = text("select id from core.team where name = 'Réseau'");
    const auto account = id(make(api_, "accounts", R"({"name":"Aubépine"})"));
    const auto of_team = policy("Team", R"("scope":{"teams":[)" + team + "]}," + within("resolution", 60));
    const auto of_account = policy("Account", R"("scope":{"accounts":[)" + account + "]}," + within("resolution", 60));
    EXPECT_EQ(cached(ticket(0, "\"team\":" + team), "policy_id"), of_team) << "unassigned, with a team";
    EXPECT_EQ(cached(ticket(0, "\"account_id\":" + account), "policy_id"), of_account);
    const auto none = ticket();
    EXPECT_EQ(cached(none, "policy_id"), "");
    EXPECT_TRUE(level(none).json().get("policy")->is(host::base::Value::Type::null));
}

TEST_F(Policies, TheTicketSaysWhyItMatched) {
    policy("Urgent", R"("scope":{"min_priority":"HIGH"},)" + within("resolution", 60));
    const auto one = ticket(0, R"("priority":"URGENT")");
    EXPECT_EQ(level(one).json().get("policy")->get("why")->as_string(), "priorité Haute ou plus");
    admin_.log_in("admin");
    EXPECT_TRUE(admin_.get("/tickets/" + one).contains("priorité Haute ou plus"));
}

// --- S3-27, S3-28: what is promised ---

TEST_F(Policies, S3_27_S3_28_TargetsInDaysHoursMinutesOfWorkOrRoundTheClock) {
    const auto seconds = [&](const std::string& promise, const std::string& calendar) {
        sql("delete from sla.policy");
        make(api_, "sla/policies",
             R"({"name":"P","active":true,"enforce_from":"2020-01-01T00:00:00Z","calendar_id":)" + calendar + R"(,"resolution":)" +
                 promise + "}");
        settle();
        const auto one = ticket();
        return count("select extract(epoch from due_at - started_at)::bigint from sla.clock where ticket_id = " + one);
    };
    EXPECT_EQ(seconds(R"({"amount":90,"unit":"minutes"})", always_), 90 * 60);
    EXPECT_EQ(seconds(R"({"amount":4,"unit":"hours"})", always_), 4 * 3600);
    EXPECT_EQ(seconds(R"({"amount":2,"unit":"days"})", always_), 48 * 3600);
    const auto france = text("select id from sla.calendar where name = 'France'");
    EXPECT_EQ(seconds(R"({"amount":4,"unit":"hours","working":false})", france), 4 * 3600) << "round the clock, whatever the calendar";
    EXPECT_GT(seconds(R"({"amount":40,"unit":"hours","working":true})", france), 4 * 24 * 3600);
}

TEST_F(Policies, S3_27_ResolutionMayMeanReachingAStatus) {
    policy("Start", R"("to_status":"IN_PROGRESS",)" + within("resolution", 60));
    const auto one = ticket();
    EXPECT_EQ(state(one, "resolution"), "running");
    change(one, R"({"status":"IN_PROGRESS"})");
    EXPECT_EQ(state(one, "resolution"), "met");
}

// --- 6.3, 3: what stops the clocks ---

TEST_F(TicketClocks, S3_02_FirstResponseIsStoppedByAPersonInPublicAndByNothingElse) {
    policy("P", within("first_response", 60));
    const auto one = ticket(10);
    note(one, "team", "note");
    customer_writes(one, true);
    EXPECT_EQ(state(one, "first_response"), "running");
    answer(one);
    EXPECT_EQ(state(one, "first_response"), "met");
    EXPECT_EQ(cached(one, "state"), "done");
}

TEST_F(TicketClocks, NextResponseCountsFromTheOldestMessageAndNoMachineRestartsIt) {
    policy("P", within("next_response", 60));
    const auto one = ticket(300);
    sql("insert into tickets.message (ticket_id, author_id, body, visibility, created_at) values (" + one +
        ", 1, 'x', 'public', now() - interval '200 min')");
    customer_writes(one, true, 180);
    EXPECT_EQ(state(one, "next_response"), "") << "an out-of-office";
    customer_writes(one, false, 50);
    customer_writes(one, false, 20);
    customer_writes(one, false, 10);
    EXPECT_EQ(state(one, "next_response"), "running");
    const auto left = count("select remaining_s from sla.clock where kind = 'next_response' and met_at is null and ticket_id = " + one);
    EXPECT_GT(left, 9 * 60);
    EXPECT_LE(left, 10 * 60);
    answer(one);
    EXPECT_EQ(state(one, "next_response"), "met");
}

TEST_F(TicketClocks, AStatusThatWaitsForTheCustomerPausesTheResolution) {
    policy("P", within("resolution", 60) + "," + within("first_response", 60));
    const auto one = ticket();
    change(one, R"({"status":"CUSTOMER"})");
    EXPECT_EQ(state(one, "resolution"), "paused");
    EXPECT_EQ(state(one, "first_response"), "running") << "by default it does not pause";
    answer(one);
    EXPECT_EQ(cached(one, "state"), "paused");
    EXPECT_EQ(cached(one, "due_at"), "");
    EXPECT_EQ(cached(one, "next_at"), "");
    change(one, R"({"status":"IN_PROGRESS"})");
    EXPECT_EQ(state(one, "resolution"), "running");
    for (int i = 0; i < 3; ++i) {
        change(one, R"({"status":"CUSTOMER"})");
        change(one, R"({"status":"IN_PROGRESS"})");
    }
    EXPECT_EQ(cached(one, "state"), "running");
}

TEST_F(TicketClocks, S3_15_ADueDateByHandPinsAndNoLongerFollowsThePriority) {
    policy("Urgent", R"("scope":{"min_priority":"URGENT"},)" + within("resolution", 30));
    policy("P", within("resolution", 60));
    const auto one = ticket();
    change(one, R"({"due_at":"2090-05-04T10:00:00Z"})");
    EXPECT_TRUE(level(one).json().get("clocks")->at(0)->get("pinned")->as_bool());
    EXPECT_EQ(text("select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from sla.ticket_state where ticket_id = " + one),
              "2090-05-04 10:00");
    change(one, R"({"priority":"URGENT"})");
    EXPECT_EQ(text("select extract(year from due_at)::text from sla.ticket_state where ticket_id = " + one), "2090");
    change(one, R"({"due_at":null})");
    EXPECT_EQ(count("select extract(epoch from due_at - started_at)::bigint / 60 from sla.clock where ticket_id = " + one), 30);
}

TEST_F(TicketClocks, APriorityThatRisesIsComputedFromTheStart) {
    policy("Urgent", R"("scope":{"min_priority":"URGENT"},)" + within("resolution", 30));
    policy("P", within("resolution", 600));
    const auto one = ticket(60);
    EXPECT_EQ(breaches(one), 0);
    change(one, R"({"priority":"URGENT"})");
    EXPECT_EQ(state(one, "resolution"), "late");
    EXPECT_EQ(text("select reason from sla.breach where ticket_id = " + one), "change");
    EXPECT_EQ(count("select count(*) from sla.breach where breached_at > now() - interval '1 minute' and ticket_id = " + one), 1)
        << "now, not half an hour ago";
    change(one, R"({"priority":"LOW"})");
    EXPECT_EQ(state(one, "resolution"), "running");
    EXPECT_EQ(breaches(one), 1) << "what was breached stays";
}

TEST_F(TicketClocks, ResolvedInTimeReopenedAndClosedAgain) {
    policy("P", within("resolution", 60));
    const auto one = ticket(30);
    change(one, R"({"status":"RESOLVED"})");
    EXPECT_EQ(state(one, "resolution"), "met");
    EXPECT_EQ(cached(one, "open"), "false");
    change(one, R"({"status":"IN_PROGRESS"})");
    EXPECT_EQ(state(one, "resolution"), "running");
    EXPECT_EQ(cached(one, "open"), "true");
}

TEST_F(TicketClocks, ReopeningAfterABreachKeepsIt) {
    policy("P", within("resolution", 60));
    const auto one = ticket(90);
    pass();
    EXPECT_EQ(breaches(one), 1);
    change(one, R"({"status":"RESOLVED"})");
    EXPECT_EQ(state(one, "resolution"), "met_late");
    change(one, R"({"status":"IN_PROGRESS"})");
    EXPECT_EQ(breaches(one), 1);
}

TEST_F(TicketClocks, MergedAndCancelledTicketsAreOutOfTheRatesAndTheirBreachesStay) {
    policy("P", within("resolution", 60));
    const auto one = ticket(90), other = ticket(), third = ticket(90);
    pass();
    EXPECT_EQ(breaches(one), 1);
    EXPECT_EQ(api_.post("/api/v1/tickets/" + one + "/merge", "{\"into\":" + other + "}").status, 200);
    settle();
    EXPECT_EQ(cached(one, "counted"), "false");
    EXPECT_EQ(breaches(one), 1);
    change(third, R"({"status":"CANCELLED"})");
    EXPECT_EQ(cached(third, "counted"), "false");
    EXPECT_EQ(cached(third, "state"), "none");
}

TEST_F(TicketClocks, AnAnswerThatCameAfterTheDeadlineIsLateHoweverLateItIsNoticed) {
    policy("P", within("first_response", 60));
    const auto one = ticket(90);
    sql("insert into tickets.message (ticket_id, author_id, body, visibility, created_at) values (" + one +
        ", 1, 'x', 'public', now() - interval '40 min')");
    look_again(one);
    EXPECT_EQ(state(one, "first_response"), "met") << "judged by when it was written, not by when it was seen";
    sql("update tickets.message set created_at = now() - interval '20 min' where visibility = 'public' and ticket_id = " + one);
    look_again(one);
    EXPECT_EQ(state(one, "first_response"), "met_late");
}

TEST_F(TicketClocks, ADeletedTicketIsForgotten) {
    policy("P", within("resolution", 60));
    const auto one = ticket();
    EXPECT_EQ(api_.del("/api/v1/tickets/" + one).status, 204);
    settle();
    EXPECT_EQ(count("select count(*) from sla.ticket_state where ticket_id = " + one), 0);
}

// --- issue 7, 7 and 6.3, 9: switched on, edited, switched off ---

TEST_F(Policies, S3_25_SwitchedOnItBreachesNothingThatWasDueBefore) {
    const auto old = ticket(300), young = ticket(30);
    make(api_, "sla/policies", R"({"name":"P","active":true,"calendar_id":)" + always_ + "," + within("resolution", 60) + "}");
    settle();
    pass();
    EXPECT_EQ(state(old, "resolution"), "not_enforced");
    EXPECT_EQ(cached(old, "state"), "none") << "and no list calls it overdue";
    EXPECT_EQ(cached(old, "due_at"), "");
    EXPECT_EQ(state(young, "resolution"), "running") << "its start is taken over";
    EXPECT_EQ(count("select count(*) from sla.breach"), 0);
}

TEST_F(Policies, AreMeasuredAgainWhenTheyOrTheirCalendarChange) {
    const auto a = policy("P", within("resolution", 600));
    const auto one = ticket(60), closed = ticket(60);
    change(closed, R"({"status":"CLOSED"})");
    EXPECT_EQ(api_.patch("/api/v1/sla/policies/" + a, "{" + within("resolution", 30) + "}").status, 200);
    settle();
    EXPECT_EQ(state(one, "resolution"), "late");
    EXPECT_EQ(text("select reason from sla.breach where ticket_id = " + one), "change");
    EXPECT_EQ(text("select policy_version from sla.clock where ticket_id = " + closed), "1") << "what ended stays as it was measured";
    EXPECT_EQ(breaches(closed), 0);
    EXPECT_EQ(api_.patch("/api/v1/sla/calendars/" + always_,
                         R"({"calendar":{"zone":"UTC","hours_yearly":{"02-29":[["10:00","11:00"]],"07-01":[["00:00","24:00"]]}}})")
                  .status,
              200);
    settle();
    EXPECT_EQ(text("select policy_version from sla.ticket_state where ticket_id = " + one), "3");
    EXPECT_EQ(breaches(one), 1) << "a holiday does not take a breach away";
}

TEST_F(Policies, WhatWasLateBeforeAnEditIsLateAfterIt) {
    const auto a = policy("P", within("resolution", 60));
    const auto one = ticket(59);
    sql("update tickets.ticket set created_at = created_at - interval '59 s' where id = " + one);  // due in a second, seen by nobody
    look_again(one);
    EXPECT_TRUE(support::wait_until([&] {
        return count("select count(*) from sla.ticket_state where next_at <= now() and ticket_id = " + one) == 1 || breaches(one) == 1;
    }));
    EXPECT_EQ(api_.patch("/api/v1/sla/policies/" + a, "{" + within("resolution", 600) + "}").status, 200);
    settle();
    EXPECT_EQ(breaches(one), 1);
    EXPECT_EQ(state(one, "resolution"), "running");
}

TEST_F(Policies, SwitchedOffTheirTicketsHaveNone) {
    const auto a = policy("P", within("resolution", 60) + R"(,"levels":[{"percent":50,"notify":["manager"]}])");
    const auto one = ticket(20);
    EXPECT_EQ(api_.patch("/api/v1/sla/policies/" + a, R"({"active":false})").status, 200);
    settle();
    EXPECT_EQ(cached(one, "policy_id"), "");
    EXPECT_EQ(cached(one, "next_at"), "") << "its levels are cancelled";
}

TEST_F(Policies, ADryRunSaysWhatAChangeWouldDoAndDoesNothing) {
    const auto a = policy("P", within("resolution", 600));
    ticket(60);
    ticket(10);
    const auto effect = api_.post("/api/v1/sla/policies/try", R"({"id":)" + a + "," + within("resolution", 30) + "}");
    EXPECT_EQ(effect.integer("open"), 2) << effect.body;
    EXPECT_EQ(effect.integer("affected"), 2);
    EXPECT_EQ(effect.integer("would_breach"), 1);
    EXPECT_EQ(api_.post("/api/v1/sla/policies/try", R"({"id":)" + a + "}").integer("affected"), 0);
    EXPECT_EQ(text("select version from sla.policy where id = " + a), "1");
}

TEST_F(Policies, ManyTicketsAreMeasuredAgainRunByRun) {
    policy("P", within("resolution", 600));
    sql("insert into tickets.ticket (number, ref, subject, status_id) select 900000 + n, 'M' || n, 'Panne', (select id from tickets.status "
        "where code = 'NEW')"
        " from generate_series(1, 5500) n");
    policy("Q", within("first_response", 60));
    settle();
    EXPECT_EQ(count("select count(*) from sla.ticket_state where state = 'running'"), 5500);
    sql("update tickets.ticket set created_at = created_at - interval '1 day'");
    sql("update sla.ticket_state set next_at = now()");
    pass();
    EXPECT_EQ(count("select count(*) from sla.breach"), 5500) << "all that are due, however many";
}

}  // namespace
