// Instants, days and times of day as text.
#include "notation.hpp"
#include "clock_desk.hpp"

#include <gtest/gtest.h>

namespace sla {
namespace {

TEST(Notation, WhatIsNoTimeOfDay) {
    for (const auto text : {"", "9:00", "25:00", "24:01", "12:60", "0900", "09:00:00", "-1:00", "09-00", "٠٩:٠٠"})
        EXPECT_FALSE(parse_time_of_day(text)) << text;
    EXPECT_EQ(parse_time_of_day("00:00"), 0);
    EXPECT_EQ(parse_time_of_day("24:00"), 1440);
}
TEST(Notation, WhatIsNoDay) {
    for (const auto text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "1969-12-31", "2200-01-01", "2026-05-01 "})
        EXPECT_FALSE(parse_day(text)) << text;
    EXPECT_EQ(parse_day("2028-02-29"), day(2028, 2, 29));
    for (const auto text : {"", "02-30", "13-01", "00-01", "1-1", "2026-12-25"}) EXPECT_FALSE(parse_month_day(text)) << text;
    EXPECT_EQ(parse_month_day("02-29"), (MonthDay{2, 29}));
}
TEST(Notation, WhatIsNoInstant) {
    for (const auto text :
         {"", "2026-03-02", "2026-03-02T10:00:00", "2026-03-02T10:00+01:00", "2026-03-02T24:00:00Z", "2026-03-02T10:00:00+1:00",
          "2026-03-02T10:00:00.Z", "2026-03-02T10:00:00+24:00", "2026-02-30T10:00:00Z", "2026-03-02 10:00:00Z", "2026-03-02T10:00:00ZZ"})
        EXPECT_FALSE(parse_instant(text)) << text;
}
TEST(Notation, InstantsWithAnOffset) {
    EXPECT_EQ(parse_instant("2026-03-02T10:00:00+01:00"), at("2026-03-02 10:00"));
    EXPECT_EQ(parse_instant("2026-03-02T09:00:00.999Z"), at("2026-03-02 10:00"));
    EXPECT_EQ(parse_instant("2026-03-02t04:30:00-04:30"), at("2026-03-02 10:00"));
}
TEST(Notation, InstantsAreWrittenWithTheOffsetOfTheZone) {
    const auto written = [](const char* zone, const std::string& when) { return format_instant(*Zone::find(zone), at(when)); };
    EXPECT_EQ(written("Europe/Paris", "2026-03-02 14:05"), "2026-03-02T14:05:00+01:00");
    EXPECT_EQ(written("Europe/Paris", "2026-07-02 14:05"), "2026-07-02T14:05:00+02:00");
    EXPECT_EQ(written("America/St_Johns", "2026-03-02 14:05"), "2026-03-02T09:35:00-03:30");
    EXPECT_EQ(written("UTC", "2026-03-02 00:30"), "2026-03-01T23:30:00+00:00");
    EXPECT_EQ(format_time_of_day(545), "09:05");
    EXPECT_EQ(format_day(day(2026, 5, 1)), "2026-05-01");
    EXPECT_EQ(format_month_day({2, 9}), "02-09");
}

}  // namespace
}  // namespace sla
