// Deadlines: every row of the table of sla.md 6.4 by its number, and what it has no clock value for.
#include "clock_desk.hpp"

#include <gtest/gtest.h>

namespace sla {
namespace {

Instant due(const Calendar& calendar, Instant start, Target target) {
    Opening opening{calendar};
    return *deadline(opening, {.start = start, .target = target}, start).due;
}

Instant due(const std::string& start, Target target) { return due(office(), at(start), target); }

TEST(Table, Row1_Plain) { EXPECT_EQ(due("2026-03-02 10:00", hours(4)), at("2026-03-02 14:00")); }
TEST(Table, Row2_ExactlyOneDayEndsThatDay) { EXPECT_EQ(due("2026-03-02 09:00", hours(8)), at("2026-03-02 17:00")); }
TEST(Table, Row3_CarriesOverTheNight) { EXPECT_EQ(due("2026-03-02 16:30", hours(1)), at("2026-03-03 09:30")); }
TEST(Table, Row4_BeforeOpening) { EXPECT_EQ(due("2026-03-02 06:15", hours(1)), at("2026-03-02 10:00")); }
TEST(Table, Row5_AfterClosingOnFriday) { EXPECT_EQ(due("2026-03-06 18:05", hours(1)), at("2026-03-09 10:00")); }
TEST(Table, Row7_Lunch) {
    EXPECT_EQ(due(office({{9 * 60, 12 * 60}, {14 * 60, 18 * 60}}), at("2026-03-02 11:30"), hours(1)), at("2026-03-02 14:30"));
}
TEST(Table, Row8_StartExactlyAtClosing) { EXPECT_EQ(due("2026-03-02 17:00", minutes(30)), at("2026-03-03 09:30")); }
TEST(Table, Row9_HolidayOfOneYear) {
    auto calendar = office();
    calendar.dates[day(2026, 5, 1)] = {};
    EXPECT_EQ(due(calendar, at("2026-04-30 16:00"), hours(2)), at("2026-05-04 10:00"));
}
TEST(Table, Row11_HolidayOfEachYear) {
    auto calendar = office();
    calendar.yearly[{12, 25}] = {};
    EXPECT_EQ(due(calendar, at("2026-12-24 16:00"), hours(2)), at("2026-12-28 10:00"));
}
TEST(Table, Row12_SpringChangeOnTheWeekend) { EXPECT_EQ(due("2026-03-27 16:00", hours(2)), at("2026-03-30 10:00")); }
TEST(Table, Row13_AlwaysOpenInSpring) { EXPECT_EQ(due(every_day({{0, 1440}}), at("2026-03-28 12:00"), hours(24)), at("2026-03-29 13:00")); }
TEST(Table, Row14_AlwaysOpenInAutumn) { EXPECT_EQ(due(every_day({{0, 1440}}), at("2026-10-24 12:00"), hours(24)), at("2026-10-25 11:00")); }
TEST(Table, Row15_Night) { EXPECT_EQ(due(every_day({{22 * 60, 6 * 60}}), at("2026-03-02 23:30"), hours(2)), at("2026-03-03 01:30")); }
TEST(Table, Row16_NightOfSevenHours) {
    EXPECT_EQ(due(every_day({{22 * 60, 6 * 60}}), at("2026-03-28 22:00"), hours(8)), at("2026-03-29 23:00"));
}
TEST(Table, Row18_OpeningInTheHourThatIsSkipped) {
    Opening opening{every_day({{2 * 60 + 30, 5 * 60}})};
    EXPECT_EQ(opening.between(at("2026-03-29 00:00"), at("2026-03-29 12:00")), std::chrono::hours{2});
    EXPECT_EQ(opening.next_open(at("2026-03-29 00:00")), at("2026-03-29 03:00"));
}
TEST(Table, Row20_PauseOverTheWeekend) {
    Opening opening{office()};
    const Course course{at("2026-03-06 15:00"), hours(4), {{at("2026-03-06 16:00"), at("2026-03-09 10:00")}}};
    const auto found = deadline(opening, course, at("2026-03-09 11:00"));
    EXPECT_EQ(found.due, at("2026-03-09 13:00"));
    EXPECT_EQ(found.paused, std::chrono::hours{2});
    EXPECT_EQ(found.elapsed, std::chrono::hours{2});
}
TEST(Table, Row22_StillPaused) {
    Opening opening{office()};
    const auto found = deadline(opening, {at("2026-03-06 15:00"), hours(4), {{at("2026-03-06 16:00"), {}}}}, at("2026-03-09 10:30"));
    EXPECT_EQ(found.due, std::nullopt);
    EXPECT_EQ(found.elapsed, std::chrono::hours{1});
    EXPECT_FALSE(found.breached);
}
TEST(Table, Row24_APriorityThatRises) {
    EXPECT_EQ(due("2026-03-02 09:00", hours(8)), at("2026-03-02 17:00"));
    EXPECT_EQ(due("2026-03-02 09:00", hours(2)), at("2026-03-02 11:00"));
}
TEST(Table, Row26_CalendarOfNewYork) {
    auto calendar = office();
    calendar.zone = "America/New_York";
    EXPECT_EQ(due(calendar, at("2026-03-10 10:00"), hours(1)), at("2026-03-10 15:00"));
    EXPECT_EQ(due(calendar, at("2026-03-10 10:00"), hours(1)), at("2026-03-10 10:00", "America/New_York"));
}
TEST(Table, Row27_NextResponse) { EXPECT_EQ(due("2026-03-02 16:45", minutes(30)), at("2026-03-03 09:15")); }
TEST(Table, Row28_WorkingDaysOverAHoliday) {
    auto calendar = office();
    calendar.dates[day(2026, 5, 1)] = {};
    EXPECT_EQ(due(calendar, at("2026-04-30 10:00"), working_days(2)), at("2026-05-05 10:00"));
}
TEST(Table, Row30_WorkingDaysAfterClosing) { EXPECT_EQ(due("2026-03-02 19:00", working_days(1)), at("2026-03-03 17:00")); }
TEST(Table, Row32_LeapDay) { EXPECT_EQ(due("2028-02-28 16:00", hours(10)), at("2028-03-01 10:00")); }
TEST(Table, Row33_ElapsedOverDays) {
    Opening opening{office()};
    EXPECT_EQ(opening.between(at("2026-03-02 10:00"), at("2026-03-03 11:30")), std::chrono::minutes{570});
}

TEST(WorkingDays, OfAClosedDayCountFromItsNextOpening) { EXPECT_EQ(due("2026-03-07 15:00", working_days(1)), at("2026-03-10 09:00")); }
TEST(WorkingDays, BeforeOpeningAreClampedToIt) { EXPECT_EQ(due("2026-03-02 06:00", working_days(1)), at("2026-03-03 09:00")); }
TEST(WorkingDays, BetweenTwoSegmentsAreTheNext) {
    EXPECT_EQ(due(office({{9 * 60, 12 * 60}, {14 * 60, 18 * 60}}), at("2026-03-02 13:00"), working_days(1)), at("2026-03-03 14:00"));
}
TEST(WorkingDays, ThenHoursOfWork) {
    EXPECT_EQ(due("2026-03-02 16:00", {.working_days = 1, .time = std::chrono::hours{2}}), at("2026-03-04 10:00"));
}
TEST(WorkingDays, OfANightAfterMidnightBelongToTheDayBefore) {
    EXPECT_EQ(due(every_day({{22 * 60, 6 * 60}}), at("2026-03-03 01:00"), working_days(1)), at("2026-03-04 01:00"));
}

TEST(Calendars, ThatNeverOpenAreAnErrorAndNoEndlessLoop) {
    Opening opening{Calendar{.zone = "Europe/Paris", .week = {}, .dates = {}, .yearly = {}}};
    EXPECT_THROW(opening.add(at("2026-03-02 10:00"), std::chrono::hours{1}), NeverOpen);
    EXPECT_THROW(opening.add_days(at("2026-03-02 10:00"), 1), NeverOpen);
    EXPECT_THROW(opening.next_open(at("2026-03-02 10:00")), NeverOpen);
}
TEST(Calendars, ThatStopOpeningAreAnErrorToo) {
    Calendar calendar{.zone = "Europe/Paris", .week = {}, .dates = {}, .yearly = {}};
    calendar.dates[day(2026, 3, 2)] = {{9 * 60, 17 * 60}};
    Opening opening{calendar};
    EXPECT_EQ(opening.add(at("2026-03-02 10:00"), std::chrono::hours{7}), at("2026-03-02 17:00"));
    EXPECT_THROW(opening.add(at("2026-03-02 10:00"), std::chrono::hours{8}), NeverOpen);
    EXPECT_THROW(opening.add_days(at("2026-03-02 10:00"), 1), NeverOpen);
}
TEST(Calendars, ThatOpenOnceAYearReachAnyYear) {
    Calendar calendar{.zone = "Europe/Paris", .week = {}, .dates = {}, .yearly = {{{7, 14}, {{10 * 60, 11 * 60}}}}};
    Opening opening{calendar};
    EXPECT_EQ(opening.add(at("2026-07-14 10:00"), std::chrono::hours{5}), at("2030-07-14 11:00"));
}
TEST(Calendars, WithAnUnknownZoneOrHoursOutOfRangeAreRefused) {
    EXPECT_THROW(Opening{(Calendar{.zone = "Europe/Lutece", .week = {}, .dates = {}, .yearly = {}})}, std::invalid_argument);
    EXPECT_THROW(Opening{office({{9 * 60, 1441}})}, std::invalid_argument);
    EXPECT_THROW(Opening{office({{-1, 60}})}, std::invalid_argument);
    EXPECT_THROW(Opening{office({{1440, 60}})}, std::invalid_argument);
}
TEST(Calendars, MidnightToMidnightIsAWholeDay) {
    Opening opening{every_day({{0, 0}})};
    EXPECT_EQ(opening.between(at("2026-03-02 00:00"), at("2026-03-09 00:00")), std::chrono::hours{168});
    EXPECT_EQ(due(every_day({{9 * 60, 1440}}), at("2026-03-02 23:00"), hours(1)), at("2026-03-03 00:00"));
}
TEST(Calendars, AnExceptionWinsOverAYearlyOneAndThatOverTheWeek) {
    auto calendar = office();
    calendar.yearly[{12, 24}] = {{9 * 60, 12 * 60}};
    calendar.dates[day(2027, 12, 24)] = {};
    Opening opening{calendar};
    EXPECT_EQ(opening.between(at("2026-12-24 00:00"), at("2026-12-25 00:00")), std::chrono::hours{3});
    EXPECT_EQ(opening.between(at("2027-12-24 00:00"), at("2027-12-25 00:00")), std::chrono::hours{0});
}
TEST(Calendars, AHolidayTakesTheNightThatOpensOnItAndNoOther) {
    auto calendar = every_day({{22 * 60, 6 * 60}});
    calendar.dates[day(2026, 3, 3)] = {};
    Opening opening{calendar};
    EXPECT_EQ(opening.between(at("2026-03-02 12:00"), at("2026-03-03 12:00")), std::chrono::hours{8});
    EXPECT_EQ(opening.between(at("2026-03-03 12:00"), at("2026-03-04 12:00")), std::chrono::hours{0});
}
TEST(Calendars, TheHourThatComesTwiceIsOpenTwice) {
    Opening opening{every_day({{2 * 60, 3 * 60}})};
    EXPECT_EQ(opening.between(at("2026-10-25 00:00"), at("2026-10-25 12:00")), std::chrono::hours{2});
    Opening ends_in_it{every_day({{60, 2 * 60 + 30}})};
    EXPECT_EQ(ends_in_it.between(at("2026-10-25 00:00"), at("2026-10-25 12:00")), std::chrono::minutes{150});
}
TEST(Calendars, OverlappingAndAdjacentSegmentsAreOne) {
    Opening opening{office({{13 * 60, 17 * 60}, {9 * 60, 12 * 60}, {11 * 60, 13 * 60}})};
    EXPECT_EQ(opening.between(at("2026-03-02 00:00"), at("2026-03-03 00:00")), std::chrono::hours{8});
}

TEST(Deadlines, OfNothingAreTheNextOpening) {
    EXPECT_EQ(due("2026-03-02 10:00", minutes(0)), at("2026-03-02 10:00"));
    EXPECT_EQ(due("2026-03-07 10:00", minutes(0)), at("2026-03-09 09:00"));
}
TEST(Deadlines, AStartInTheFutureHasNotElapsed) {
    Opening opening{office()};
    const auto found = deadline(opening, {at("2026-03-04 10:00"), hours(1)}, at("2026-03-02 10:00"));
    EXPECT_EQ(found.elapsed, std::chrono::seconds{0});
    EXPECT_EQ(found.due, at("2026-03-04 11:00"));
}
TEST(Deadlines, AtTheInstantItselfAreMet) {
    Opening opening{office()};
    Course course{at("2026-03-02 10:00"), hours(1)};
    course.closed_at = at("2026-03-02 11:00");
    EXPECT_FALSE(deadline(opening, course, at("2026-03-05 10:00")).breached);
    course.closed_at = at("2026-03-02 11:00") + std::chrono::seconds{1};
    EXPECT_TRUE(deadline(opening, course, at("2026-03-05 10:00")).breached);
}
TEST(Deadlines, ReopenPolicies) {
    Opening opening{office()};
    Course course{at("2026-03-02 10:00"), hours(4), {}, at("2026-03-02 12:00"), at("2026-03-03 10:00"), ReopenPolicy::pause};
    const auto now = at("2026-03-03 10:00");
    EXPECT_EQ(deadline(opening, course, now).due, at("2026-03-03 12:00"));
    EXPECT_EQ(deadline(opening, course, now).elapsed, std::chrono::hours{2});
    course.reopen_policy = ReopenPolicy::none;
    EXPECT_EQ(deadline(opening, course, now).due, at("2026-03-02 14:00"));
    EXPECT_TRUE(deadline(opening, course, now).breached);
    course.reopen_policy = ReopenPolicy::restart;
    EXPECT_EQ(deadline(opening, course, now).due, at("2026-03-03 14:00"));
    EXPECT_EQ(deadline(opening, course, now).elapsed, std::chrono::seconds{0});
}
TEST(Deadlines, APauseThatBeginsAfterItDoesNotHelp) {
    Opening opening{office()};
    const auto found = deadline(opening, {at("2026-03-02 10:00"), hours(1), {{at("2026-03-02 12:00"), {}}}}, at("2026-03-02 13:00"));
    EXPECT_TRUE(found.breached);
    EXPECT_EQ(found.due, std::nullopt);
}
TEST(Deadlines, PausesThatOverlapCountOnce) {
    Opening opening{office()};
    const Course course{at("2026-03-02 09:00"),
                        hours(2),
                        {{at("2026-03-02 10:00"), at("2026-03-02 12:00")}, {at("2026-03-02 11:00"), at("2026-03-02 13:00")}}};
    EXPECT_EQ(deadline(opening, course, at("2026-03-02 16:00")).due, at("2026-03-02 14:00"));
    EXPECT_EQ(deadline(opening, course, at("2026-03-02 16:00")).paused, std::chrono::hours{3});
}
TEST(Deadlines, PausedAndResumedAHundredTimesInAMinute) {
    Opening opening{office()};
    Course course{at("2026-03-02 10:00"), hours(1)};
    for (int i = 0; i < 100; ++i) {
        const auto from = at("2026-03-02 10:30") + std::chrono::milliseconds{i * 600};
        const auto second = std::chrono::floor<std::chrono::seconds>(from);
        course.pauses.push_back({second, second});
    }
    EXPECT_EQ(deadline(opening, course, at("2026-03-02 10:45")).due, at("2026-03-02 11:00"));
}

}  // namespace
}  // namespace sla
