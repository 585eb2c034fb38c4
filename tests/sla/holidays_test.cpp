// Public holidays of France (issue 7, 1), and what they do to a calendar.
#include "clock_desk.hpp"

#include <gtest/gtest.h>

namespace sla {
namespace {

bool holiday(Holidays which, int y, unsigned m, unsigned d) { return is_holiday(which, day(y, m, d)); }

TEST(HolidaysOfFrance, EasterIsTheOneOfTheAlmanacs) {
    EXPECT_EQ(easter_sunday(1818), day(1818, 3, 22));  // the earliest
    EXPECT_EQ(easter_sunday(1943), day(1943, 4, 25));  // the latest
    EXPECT_EQ(easter_sunday(1954), day(1954, 4, 18));
    EXPECT_EQ(easter_sunday(1981), day(1981, 4, 19));
    EXPECT_EQ(easter_sunday(2000), day(2000, 4, 23));
    EXPECT_EQ(easter_sunday(2026), day(2026, 4, 5));
    EXPECT_EQ(easter_sunday(2038), day(2038, 4, 25));
    EXPECT_EQ(easter_sunday(2076), day(2076, 4, 19));
    EXPECT_EQ(easter_sunday(2285), day(2285, 3, 22));
}

TEST(HolidaysOfFrance, AreElevenAYear) {
    for (const int year : {1990, 2024, 2026, 2150}) {
        int found = 0;
        for (Day d = day(year, 1, 1); d < day(year + 1, 1, 1); d += std::chrono::days{1}) found += is_holiday(Holidays::france, d);
        EXPECT_EQ(found, 11) << year;
    }
    for (const auto& [m, d] : {std::pair{1u, 1u}, {4, 6}, {5, 1}, {5, 8}, {5, 14}, {5, 25}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}})
        EXPECT_TRUE(holiday(Holidays::france, 2026, m, d)) << m << '-' << d;
}

TEST(HolidaysOfFrance, MayComeTogether) {  // Ascension on the 1st of May
    int found = 0;
    for (Day d = day(2008, 1, 1); d < day(2009, 1, 1); d += std::chrono::days{1}) found += is_holiday(Holidays::france, d);
    EXPECT_EQ(found, 10);
}

TEST(HolidaysOfFrance, AlsaceAndMoselleHaveTwoMore) {
    EXPECT_TRUE(holiday(Holidays::alsace_moselle, 2026, 4, 3));
    EXPECT_TRUE(holiday(Holidays::alsace_moselle, 2026, 12, 26));
    EXPECT_TRUE(holiday(Holidays::alsace_moselle, 2026, 7, 14));
    EXPECT_FALSE(holiday(Holidays::france, 2026, 4, 3));
    EXPECT_FALSE(holiday(Holidays::france, 2026, 12, 26));
}

TEST(HolidaysOfFrance, OverseasRememberTheAbolition) {
    EXPECT_TRUE(holiday(Holidays::mayotte, 2026, 4, 27));
    EXPECT_TRUE(holiday(Holidays::martinique, 2026, 5, 22));
    EXPECT_TRUE(holiday(Holidays::guadeloupe, 2026, 5, 27));
    EXPECT_TRUE(holiday(Holidays::saint_martin, 2026, 5, 28));
    EXPECT_TRUE(holiday(Holidays::guyane, 2026, 6, 10));
    EXPECT_TRUE(holiday(Holidays::saint_barthelemy, 2026, 10, 9));
    EXPECT_TRUE(holiday(Holidays::reunion, 2026, 12, 20));
    EXPECT_FALSE(holiday(Holidays::france, 2026, 12, 20));
    EXPECT_FALSE(holiday(Holidays::reunion, 2026, 5, 22));
}

TEST(HolidaysOfFrance, CloseACalendarUnlessAnExceptionOpensIt) {
    auto calendar = office();
    calendar.holidays = Holidays::france;
    const auto worked = [&](const std::string& from, const std::string& to) { return Opening{calendar}.between(at(from), at(to)); };
    EXPECT_EQ(worked("2026-05-14 00:00", "2026-05-15 00:00"), std::chrono::hours{0});
    EXPECT_EQ(worked("2026-05-15 00:00", "2026-05-16 00:00"), std::chrono::hours{8});
    calendar.dates[day(2026, 5, 14)] = {{9 * 60, 12 * 60}};
    calendar.yearly[{12, 25}] = {{10 * 60, 11 * 60}};
    EXPECT_EQ(worked("2026-05-14 00:00", "2026-05-15 00:00"), std::chrono::hours{3});
    EXPECT_EQ(worked("2026-12-25 00:00", "2026-12-26 00:00"), std::chrono::hours{1});
    EXPECT_EQ(find_holidays("FR-ALS"), Holidays::alsace_moselle);
    EXPECT_FALSE(find_holidays("fr"));
}

TEST(Calendars, ThatOpenTooSeldomForWhatIsAskedAreAnError) {
    Calendar calendar{.zone = "Europe/Paris", .week = {}, .dates = {}, .yearly = {{{7, 14}, {{10 * 60, 11 * 60}}}}};
    Opening opening{calendar};
    EXPECT_THROW(opening.add(at("2026-07-14 10:00"), std::chrono::hours{100'000}), NeverOpen);
    EXPECT_THROW(opening.add_days(at("2026-07-14 10:00"), 1000), NeverOpen);
}

}  // namespace
}  // namespace sla
