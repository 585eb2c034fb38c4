#include "i18n/format.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <thread>
#include <vector>

namespace {

using host::i18n::DateStyle;
using host::i18n::format_bytes;
using host::i18n::format_integer;
using host::i18n::format_time;
using host::i18n::known_zone;

constexpr const char* kNbsp = "\u00a0";
constexpr const char* kNarrow = "\u202f";

std::int64_t utc(int year, unsigned month, unsigned day, int hour, int minute, int second = 0) {
    using namespace std::chrono;
    const sys_time<microseconds> t = sys_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)} + hours{hour} +
                                     minutes{minute} + seconds{second};
    return t.time_since_epoch().count();
}

const std::int64_t kEvening = utc(2026, 11, 22, 18, 2, 40);  // a Sunday, 19:02 in Paris

std::string show(std::int64_t us, DateStyle style, std::string_view language = "fr", std::string_view zone = "Europe/Paris") {
    return format_time(us, style, language, zone, kEvening);
}

TEST(FormatTime, French) {
    EXPECT_EQ(show(kEvening, DateStyle::date), "22/11/2026");
    EXPECT_EQ(show(kEvening, DateStyle::datetime), "22/11/2026 19:02");
    EXPECT_EQ(show(kEvening, DateStyle::full), "dimanche 22 novembre 2026 à 19:02");
    EXPECT_EQ(show(kEvening, DateStyle::iso_local), "2026-11-22T19:02");
    EXPECT_EQ(show(utc(2026, 8, 1, 6, 5), DateStyle::full), "samedi 1er août 2026 à 08:05");
    EXPECT_EQ(show(utc(2026, 8, 2, 6, 5), DateStyle::datetime), "02/08/2026 08:05");
}

TEST(FormatTime, English) {
    EXPECT_EQ(show(kEvening, DateStyle::date, "en"), "22 Nov 2026");
    EXPECT_EQ(show(kEvening, DateStyle::datetime, "en"), "22 Nov 2026, 19:02");
    EXPECT_EQ(show(kEvening, DateStyle::full, "en"), "Sunday 22 November 2026 at 19:02");
    EXPECT_EQ(show(kEvening, DateStyle::iso_local, "en"), "2026-11-22T19:02");
    EXPECT_EQ(show(utc(2026, 8, 1, 6, 5), DateStyle::full, "en"), "Saturday 1 August 2026 at 08:05");
}

TEST(FormatTime, UnknownLanguageIsTheDefault) { EXPECT_EQ(show(kEvening, DateStyle::date, "xx"), "22/11/2026"); }

TEST(FormatTime, RelativeInFrench) {
    const auto ago = [](std::int64_t seconds) { return show(kEvening - seconds * 1'000'000, DateStyle::relative); };
    EXPECT_EQ(ago(0), "maintenant");
    EXPECT_EQ(ago(12), std::string{"il y a 12"} + kNbsp + "s");
    EXPECT_EQ(ago(59), std::string{"il y a 59"} + kNbsp + "s");
    EXPECT_EQ(ago(60), std::string{"il y a 1"} + kNbsp + "min");
    EXPECT_EQ(ago(3 * 60 + 59), std::string{"il y a 3"} + kNbsp + "min");
    EXPECT_EQ(ago(3600), std::string{"il y a 1"} + kNbsp + "h");
    EXPECT_EQ(ago(19 * 3600), std::string{"il y a 19"} + kNbsp + "h");
    EXPECT_EQ(ago(20 * 3600), "hier à 23:02");
    EXPECT_EQ(ago(24 * 3600), "hier à 19:02");
    EXPECT_EQ(ago(43 * 3600), "hier à 00:02");
    EXPECT_EQ(ago(44 * 3600), "20/11/2026");
    EXPECT_EQ(ago(-90), std::string{"dans 1"} + kNbsp + "min");
    EXPECT_EQ(ago(-4 * 3600), std::string{"dans 4"} + kNbsp + "h");
    EXPECT_EQ(ago(-24 * 3600), "demain à 19:02");
    EXPECT_EQ(ago(-48 * 3600), "24/11/2026");
}

TEST(FormatTime, RelativeInEnglish) {
    const auto ago = [](std::int64_t seconds) { return show(kEvening - seconds * 1'000'000, DateStyle::relative, "en"); };
    EXPECT_EQ(ago(0), "now");
    EXPECT_EQ(ago(180), "3 min. ago");
    EXPECT_EQ(ago(-180), "in 3 min.");
    EXPECT_EQ(ago(5 * 3600), "5 hr. ago");
    EXPECT_EQ(ago(24 * 3600), "yesterday at 19:02");
    EXPECT_EQ(ago(-24 * 3600), "tomorrow at 19:02");
    EXPECT_EQ(ago(100 * 3600), "18 Nov 2026");
}

// Just after midnight, what happened a few minutes ago is not "yesterday".
TEST(FormatTime, MinutesCountAcrossMidnight) {
    const std::int64_t now = utc(2026, 11, 21, 23, 10);
    EXPECT_EQ(format_time(now - 20 * 60'000'000LL, DateStyle::relative, "fr", "Europe/Paris", now),
              std::string{"il y a 20"} + kNbsp + "min");
    EXPECT_EQ(format_time(now - 3 * 3600'000'000LL, DateStyle::relative, "fr", "Europe/Paris", now), "hier à 21:10");
}

TEST(FormatTime, FollowsDaylightSaving) {
    EXPECT_EQ(show(utc(2026, 3, 29, 0, 59), DateStyle::datetime), "29/03/2026 01:59");
    EXPECT_EQ(show(utc(2026, 3, 29, 1, 0), DateStyle::datetime), "29/03/2026 03:00");
    EXPECT_EQ(show(utc(2026, 10, 25, 0, 30), DateStyle::datetime), "25/10/2026 02:30");
    EXPECT_EQ(show(utc(2026, 10, 25, 1, 30), DateStyle::datetime), "25/10/2026 02:30");
    EXPECT_EQ(show(utc(2026, 10, 25, 2, 0), DateStyle::datetime), "25/10/2026 03:00");
}

TEST(FormatTime, TheLongestDayHas24FullHours) {
    const std::int64_t now = utc(2026, 10, 25, 22, 50);  // 23:50 after a day of 25 hours
    EXPECT_EQ(format_time(utc(2026, 10, 24, 22, 0), DateStyle::relative, "fr", "Europe/Paris", now),
              std::string{"il y a 24"} + kNbsp + "h");
}

TEST(FormatTime, OtherZones) {
    EXPECT_EQ(show(kEvening, DateStyle::datetime, "fr", "America/New_York"), "22/11/2026 13:02");
    EXPECT_EQ(show(kEvening, DateStyle::datetime, "fr", "Asia/Kathmandu"), "22/11/2026 23:47");
    EXPECT_EQ(show(kEvening, DateStyle::datetime, "fr", "Pacific/Kiritimati"), "23/11/2026 08:02");
    EXPECT_EQ(show(kEvening, DateStyle::datetime, "fr", "UTC"), "22/11/2026 18:02");
}

TEST(FormatTime, DaylightSavingLongAgoAndFarAhead) {
    EXPECT_EQ(show(utc(1970, 7, 1, 12, 0), DateStyle::datetime), "01/07/1970 13:00");
    EXPECT_EQ(show(utc(1999, 7, 1, 12, 0), DateStyle::datetime), "01/07/1999 14:00");
    EXPECT_EQ(show(utc(1999, 12, 31, 23, 30), DateStyle::datetime), "01/01/2000 00:30");
    EXPECT_EQ(show(utc(2049, 7, 1, 12, 0), DateStyle::datetime), "01/07/2049 14:00");
    EXPECT_EQ(show(utc(2050, 7, 1, 12, 0), DateStyle::datetime), "01/07/2050 14:00");
    EXPECT_EQ(show(utc(2010, 7, 1, 12, 0), DateStyle::datetime, "fr", "Europe/Moscow"), "01/07/2010 16:00");
    EXPECT_EQ(show(utc(2020, 7, 1, 12, 0), DateStyle::datetime, "fr", "Europe/Moscow"), "01/07/2020 15:00");
}

TEST(FormatTime, UnknownZoneIsParis) {
    for (const char* zone : {"", "Mars/Olympus", "GMT+3", "\xff\xfe", "Europe/Paris\n"})
        EXPECT_EQ(show(kEvening, DateStyle::datetime, "fr", zone), "22/11/2026 19:02") << zone;
    EXPECT_EQ(show(kEvening, DateStyle::datetime, "fr", std::string(100'000, 'x')), "22/11/2026 19:02");
}

TEST(FormatTime, TimesBefore1970AndOutOfRange) {
    EXPECT_EQ(show(utc(1969, 12, 31, 22, 59), DateStyle::datetime), "31/12/1969 23:59");
    EXPECT_EQ(show(utc(1969, 12, 31, 23, 0) - 1, DateStyle::datetime), "31/12/1969 23:59");
    EXPECT_EQ(show(std::numeric_limits<std::int64_t>::max(), DateStyle::date), "30/12/9999");
    EXPECT_EQ(show(std::numeric_limits<std::int64_t>::min(), DateStyle::date, "fr", "UTC"), "02/01/0001");
    EXPECT_EQ(show(std::numeric_limits<std::int64_t>::max(), DateStyle::relative), "30/12/9999");
    EXPECT_EQ(show(std::numeric_limits<std::int64_t>::min(), DateStyle::relative, "fr", "UTC"), "02/01/0001");
}

TEST(FormatTime, ManyThreads) {
    std::vector<std::thread> threads;
    std::vector<int> wrong(4, 0);
    for (std::size_t i = 0; i < wrong.size(); ++i)
        threads.emplace_back([&wrong, i] {
            for (const char* zone : {"Europe/Paris", "Asia/Tokyo", "America/Lima", "Mars/Olympus", "Africa/Lagos", "Europe/Paris"})
                for (int n = 0; n < 200; ++n)
                    if (show(kEvening, DateStyle::full, n % 2 ? "fr" : "en", zone).size() < 20 || format_integer(12345, "en") != "12,345" ||
                        format_bytes(1500, "en") != "1.5 kB")
                        ++wrong[i];
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST(FormatInteger, GroupsByThousands) {
    EXPECT_EQ(format_integer(0, "fr"), "0");
    EXPECT_EQ(format_integer(999, "fr"), "999");
    EXPECT_EQ(format_integer(-999, "fr"), "-999");
    EXPECT_EQ(format_integer(12345, "fr"), std::string{"12"} + kNarrow + "345");
    EXPECT_EQ(format_integer(-1234567, "fr"), std::string{"-1"} + kNarrow + "234" + kNarrow + "567");
    EXPECT_EQ(format_integer(12345, "en"), "12,345");
    EXPECT_EQ(format_integer(std::numeric_limits<std::int64_t>::min(), "en"), "-9,223,372,036,854,775,808");
}

TEST(FormatBytes, French) {
    EXPECT_EQ(format_bytes(0, "fr"), std::string{"0"} + kNbsp + "octet");
    EXPECT_EQ(format_bytes(1, "fr"), std::string{"1"} + kNbsp + "octet");
    EXPECT_EQ(format_bytes(512, "fr"), std::string{"512"} + kNbsp + "octets");
    EXPECT_EQ(format_bytes(1'400'000, "fr"), std::string{"1,4"} + kNarrow + "Mo");
    EXPECT_EQ(format_bytes(999'999, "fr"), std::string{"1"} + kNarrow + "Mo");
    EXPECT_EQ(format_bytes(12'000, "fr"), std::string{"12"} + kNarrow + "ko");
}

TEST(FormatBytes, English) {
    EXPECT_EQ(format_bytes(1, "en"), "1 byte");
    EXPECT_EQ(format_bytes(512, "en"), "512 bytes");
    EXPECT_EQ(format_bytes(1'400'000, "en"), "1.4 MB");
    EXPECT_EQ(format_bytes(2'500'000'000, "en"), "2.5 GB");
    EXPECT_EQ(format_bytes(std::numeric_limits<std::int64_t>::max(), "en"), "9,223,372 TB");
}

TEST(KnownZone, OnlyNamesThatPostgresKnowsToo) {
    EXPECT_TRUE(known_zone("Europe/Paris"));
    EXPECT_TRUE(known_zone("Indian/Reunion"));
    EXPECT_TRUE(known_zone("UTC"));
    for (const char* zone :
         {"", "europe/paris", "Etc/Unknown", "GMT+3", "ACT", "SystemV/EST5", "Europe/", "/", "Europe/Paris ", "../etc/passwd"})
        EXPECT_FALSE(known_zone(zone)) << zone;
    EXPECT_FALSE(known_zone(std::string_view{"Europe/Paris\0", 13}));
}

}  // namespace
