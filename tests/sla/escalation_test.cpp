// Levels of escalation (S3-02, S3-29; sla.md 6.3, 8): each once, however the scheduler runs.
#include "desk_of_levels.hpp"

#include <thread>

namespace {

class Escalation : public sla_test::Levels {
protected:
    static std::string mails() {
        return text(
            "select string_agg(split_part(to_address, '@', 1) || ' ' || split_part(template_id, '.', 2), ', ' order by to_address, id) "
            "from core.mail");
    }
    static std::int64_t fired(const std::string& ticket, bool skipped = false) {
        return count("select count(*) from sla.escalation where ticket_id = " + ticket + " and skipped = " + (skipped ? "true" : "false"));
    }
    static std::string levels(const std::string& all) { return within("resolution", 100) + R"(,"levels":[)" + all + "]"; }
};

TEST_F(Escalation, NothingHappensBeforeItsTime) {
    policy("P", levels(R"({"percent":80,"notify":["manager"]})"));
    const auto one = ticket(70);
    pass();
    EXPECT_EQ(fired(one), 0);
    EXPECT_EQ(mails(), "");
}

TEST_F(Escalation, EachLevelIsFiredOnceHoweverOftenTheSchedulerRuns) {
    policy("P", levels(R"({"percent":80,"notify":["manager","assignee","team","chef@example.org"]})"));
    const auto one = ticket(85, "\"assignee\":" + std::to_string(user("alice")));
    pass();
    EXPECT_EQ(mails(), "alice deadline, chef deadline, manon deadline");
    pass();
    look_again(one);
    pass();
    EXPECT_EQ(fired(one), 1);
    EXPECT_EQ(count("select count(*) from core.mail"), 3);
}

TEST_F(Escalation, TwoPassesAtTheSameTimeDoNotFireTwice) {
    policy("P", levels(R"({"percent":80,"notify":["chef@example.org"]})"));
    std::vector<std::string> tickets;
    for (int i = 0; i < 5; ++i) tickets.push_back(ticket(85));
    std::vector<std::thread> passes;
    for (int i = 0; i < 3; ++i)
        passes.emplace_back([] {
            auto browser = desk().browser();
            browser.log_in("admin");
            browser.post("/admin/jobs/sla.scheduler/run", {});
        });
    for (auto& one : passes) one.join();
    settle();
    for (const auto& one : tickets) EXPECT_EQ(fired(one), 1);
    EXPECT_EQ(
        count("select count(*) from core.outbox where event = 'sla.escalated' and subject in (select 'ticket/' || id from tickets.ticket)"),
        5);
}

TEST_F(Escalation, AfterDowntimeTheHighestLevelAloneAndOneDigest) {
    policy(
        "P",
        levels(
            R"({"percent":50,"note":"moitié"},{"percent":80,"note":"bientôt"},{"minutes":30,"note":"trop tard","notify":["chef@example.org"]})"));
    const auto one = ticket(300), other = ticket(300);
    pass();
    for (const auto& of : {one, other}) {
        EXPECT_EQ(fired(of), 1);
        EXPECT_EQ(fired(of, true), 2);
        EXPECT_EQ(text("select level from sla.escalation where not skipped and ticket_id = " + of), "resolution/+30");
        EXPECT_EQ(count("select count(*) from tickets.change where field = 'note' and to_value like '%trop tard%' and ticket_id = " + of),
                  1);
    }
    EXPECT_EQ(count("select count(*) from tickets.change where field = 'note' and (to_value like '%moitié%' or to_value like '%bientôt%')"),
              0);
    EXPECT_EQ(mails(), "chef deadlines") << "one digest";
}

TEST_F(Escalation, RaisesThePriorityReassignsAndSaysSoInTheHistory) {
    policy("P", levels(R"({"minutes":-30,"assign":)" + std::to_string(user("bob")) + R"(,"priority":"URGENT"})"));
    const auto one = ticket(75, R"("priority":"LOW")");
    pass();
    const auto found = api_.get("/api/v1/tickets/" + one);
    EXPECT_EQ(found.text("priority"), "URGENT");
    EXPECT_EQ(found.integer("assignee"), user("bob"));
    EXPECT_EQ(count("select count(*) from tickets.change where field = 'note' and ticket_id = " + one), 1);
}

TEST_F(Escalation, WhatTicketsRefuseStopsNothingElse) {
    policy("P", levels(R"({"percent":50,"assign":999999,"notify":["chef@example.org"]})"));
    const auto one = ticket(60);
    pass();
    EXPECT_EQ(fired(one), 1);
    EXPECT_EQ(mails(), "chef deadline");
}

TEST_F(Escalation, ALevelIsArmedAgainWhenTheDeadlineMovesAway) {
    policy("P", levels(R"({"percent":80,"notify":["chef@example.org"]})"));
    const auto one = ticket(85);
    pass();
    EXPECT_EQ(fired(one), 1);
    change(one, R"({"due_at":"2090-01-01T00:00:00Z"})");
    EXPECT_EQ(fired(one), 0);
    change(one, R"({"due_at":null})");
    pass();
    EXPECT_EQ(fired(one), 1);
    EXPECT_EQ(count("select count(*) from core.mail"), 2);
}

TEST_F(Escalation, NothingIsFiredWhileTheClockIsPausedOrWhenTheTicketIsClosed) {
    policy("P", levels(R"({"percent":80,"notify":["chef@example.org"]})"));
    const auto paused = ticket(70), closed = ticket(70);
    change(paused, R"({"status":"CUSTOMER"})");
    change(closed, R"({"status":"CLOSED"})");
    sql("update tickets.ticket set created_at = created_at - interval '20 min'");
    pass();
    EXPECT_EQ(count("select count(*) from sla.escalation"), 0);
}

TEST_F(Escalation, ADeadlineThatPassesIsABreachWithItsOwnTime) {
    policy("P", within("resolution", 60));
    const auto one = ticket(59);
    sql("update tickets.ticket set created_at = created_at - interval '1 day' where id = " + one);  // the scheduler stood still
    sql("update sla.ticket_state set next_at = now() - interval '1 day', computed_at = now() - interval '2 days' where ticket_id = " + one);
    pass();
    EXPECT_EQ(text("select reason from sla.breach where ticket_id = " + one), "time");
    EXPECT_EQ(count("select count(*) from sla.breach where breached_at = due_at and ticket_id = " + one), 1);
}

}  // namespace
