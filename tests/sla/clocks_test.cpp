// What stops, pauses and restarts the three clocks: the behaviour cases of sla.md 6.4.
#include "clocks.hpp"
#include "clock_desk.hpp"

#include <gtest/gtest.h>

namespace sla {
namespace {

using Kind = Event::Kind;

class Clocks : public testing::Test {
protected:
    Clocks() {
        policy_.first_response = hours(2);
        policy_.next_response = hours(1);
        policy_.resolution = hours(8);
    }
    void customer(const std::string& when) { events_.push_back({at(when), Kind::customer_message}); }
    void agent(const std::string& when) { events_.push_back({at(when), Kind::agent_message}); }
    void status(const std::string& when, bool pauses, bool closed = false, bool reached = false) {
        events_.push_back({at(when), Kind::status, pauses, closed, reached});
    }
    void close(const std::string& when) { status(when, false, true); }
    void reopen(const std::string& when) { status(when, false); }
    std::vector<Reading> all(const std::string& now) { return readings(opening_, policy_, at("2026-03-02 10:00"), events_, at(now)); }
    std::optional<Reading> last(Clock clock, const std::string& now) {
        std::optional<Reading> out;
        for (const auto& reading : all(now))
            if (reading.clock == clock) out = reading;
        return out;
    }

    Opening opening_{office()};
    Policy policy_;
    std::vector<Event> events_;
};

TEST_F(Clocks, AMergedTicketHasNone) {
    events_.push_back({at("2026-03-02 11:00"), Kind::merged});
    EXPECT_TRUE(all("2026-03-05 10:00").empty());
    EXPECT_FALSE(all("2026-03-02 10:30").empty());
}

TEST_F(Clocks, WithoutATargetThereIsNoClock) {
    policy_ = {};
    EXPECT_TRUE(all("2026-03-02 11:00").empty());
}

TEST_F(Clocks, FirstResponseIsMetByTheFirstAnswerEvenBeforeOpening) {
    agent("2026-03-02 10:00");
    const auto first = last(Clock::first_response, "2026-03-05 10:00");
    EXPECT_EQ(first->met_at, at("2026-03-02 10:00"));
    EXPECT_EQ(first->deadline.elapsed, std::chrono::seconds{0});
    EXPECT_FALSE(first->deadline.breached);
}

TEST_F(Clocks, AnAnswerAtTheDueInstantIsMetAndASecondLaterIsNot) {
    agent("2026-03-02 12:00");
    EXPECT_FALSE(last(Clock::first_response, "2026-03-05 10:00")->deadline.breached);
    events_.front().at += std::chrono::seconds{1};
    EXPECT_TRUE(last(Clock::first_response, "2026-03-05 10:00")->deadline.breached);
}

TEST_F(Clocks, FirstResponseDoesNotPauseUnlessThePolicySaysSo) {
    status("2026-03-02 10:30", true);
    EXPECT_EQ(last(Clock::first_response, "2026-03-02 11:00")->deadline.due, at("2026-03-02 12:00"));
    EXPECT_EQ(last(Clock::resolution, "2026-03-02 11:00")->deadline.due, std::nullopt);
    policy_.first_response_pauses = true;
    EXPECT_EQ(last(Clock::first_response, "2026-03-02 11:00")->deadline.due, std::nullopt);
}

TEST_F(Clocks, FirstResponseOfATicketClosedWithoutAnswerIsStopped) {
    close("2026-03-02 11:00");
    const auto first = last(Clock::first_response, "2026-03-05 10:00");
    EXPECT_TRUE(first->stopped);
    EXPECT_EQ(first->met_at, std::nullopt);
    EXPECT_FALSE(first->deadline.breached);
}

TEST_F(Clocks, NextResponseRunsFromTheOldestUnansweredMessage) {
    agent("2026-03-02 10:30");
    customer("2026-03-02 13:00");
    customer("2026-03-02 13:30");
    customer("2026-03-02 13:45");
    const auto next = last(Clock::next_response, "2026-03-02 13:50");
    EXPECT_EQ(next->cycle, 1);
    EXPECT_EQ(next->start, at("2026-03-02 13:00"));
    EXPECT_EQ(next->deadline.due, at("2026-03-02 14:00"));
    agent("2026-03-02 13:55");
    EXPECT_EQ(last(Clock::next_response, "2026-03-02 15:00")->met_at, at("2026-03-02 13:55"));
    customer("2026-03-02 16:30");
    const auto second = last(Clock::next_response, "2026-03-02 16:40");
    EXPECT_EQ(second->cycle, 2);
    EXPECT_EQ(second->deadline.due, at("2026-03-03 09:30"));
}

TEST_F(Clocks, BeforeTheFirstAnswerThereIsNoNextResponse) {
    customer("2026-03-02 10:30");
    EXPECT_FALSE(last(Clock::next_response, "2026-03-02 11:00"));
}

TEST_F(Clocks, NextResponseStopsWhenTheTicketIsClosedAndBeginsAnewAfterwards) {
    agent("2026-03-02 10:30");
    customer("2026-03-02 11:00");
    close("2026-03-02 11:30");
    EXPECT_TRUE(last(Clock::next_response, "2026-03-04 10:00")->stopped);
    customer("2026-03-04 11:00");
    const auto anew = last(Clock::next_response, "2026-03-04 11:10");
    EXPECT_EQ(anew->cycle, 2);
    EXPECT_EQ(anew->deadline.due, at("2026-03-04 12:00"));
}

TEST_F(Clocks, ResolutionIsMetByClosing) {
    close("2026-03-03 09:30");
    const auto resolution = last(Clock::resolution, "2026-04-01 10:00");
    EXPECT_EQ(resolution->met_at, at("2026-03-03 09:30"));
    EXPECT_EQ(resolution->deadline.elapsed, std::chrono::minutes{450});
    EXPECT_FALSE(resolution->deadline.breached);
}

TEST_F(Clocks, ResolutionMayMeanReachingAStatus) {
    policy_.to_status = true;
    status("2026-03-02 15:00", false, false, true);
    close("2026-03-10 10:00");
    EXPECT_EQ(last(Clock::resolution, "2026-04-01 10:00")->met_at, at("2026-03-02 15:00"));
}

TEST_F(Clocks, ReopeningFollowsThePolicy) {
    close("2026-03-02 12:00");
    reopen("2026-03-03 10:00");
    const std::string now = "2026-03-03 11:00";
    EXPECT_EQ(last(Clock::resolution, now)->deadline.due, at("2026-03-03 16:00"));
    policy_.reopen = ReopenPolicy::none;
    EXPECT_EQ(last(Clock::resolution, now)->deadline.due, at("2026-03-03 10:00"));
    policy_.reopen = ReopenPolicy::restart;
    EXPECT_EQ(last(Clock::resolution, now)->deadline.due, at("2026-03-04 10:00"));
    EXPECT_EQ(last(Clock::resolution, now)->cycle, 2);
    close("2026-03-03 12:00");
    EXPECT_EQ(last(Clock::resolution, "2026-03-09 10:00")->met_at, at("2026-03-03 12:00"));
}

TEST_F(Clocks, ADueDateByHandPinsUntilItIsTakenAway) {
    events_.push_back({at("2026-03-02 10:10"), Kind::pinned, false, false, false, at("2026-03-06 12:00")});
    EXPECT_EQ(last(Clock::resolution, "2026-03-02 11:00")->deadline.due, at("2026-03-06 12:00"));
    EXPECT_TRUE(last(Clock::resolution, "2026-03-02 11:00")->pinned);
    EXPECT_TRUE(last(Clock::resolution, "2026-03-06 13:00")->deadline.breached);
    events_.push_back({at("2026-03-02 12:00"), Kind::pinned});
    EXPECT_EQ(last(Clock::resolution, "2026-03-02 13:00")->deadline.due, at("2026-03-03 10:00"));
}

TEST_F(Clocks, PausesShiftWhatIsDueByTheirWorkingPart) {
    status("2026-03-02 11:00", true);
    status("2026-03-03 10:00", false);
    const auto resolution = last(Clock::resolution, "2026-03-03 11:00");
    EXPECT_EQ(resolution->deadline.due, at("2026-03-03 17:00"));
    EXPECT_EQ(resolution->deadline.paused, std::chrono::hours{7});
}

TEST_F(Clocks, WhatHappensAfterNowIsNotKnown) {
    agent("2026-03-02 11:00");
    EXPECT_EQ(last(Clock::first_response, "2026-03-02 10:30")->met_at, std::nullopt);
}

}  // namespace
}  // namespace sla
