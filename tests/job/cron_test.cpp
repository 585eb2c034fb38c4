#include "job/cron.hpp"

#include "base/json.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace host::job {
namespace {

using namespace std::chrono;

constexpr i18n::Time at(int y, unsigned m, unsigned d, int h = 0, int min = 0, int s = 0) {
    return sys_days{year{y} / m / d} + hours{h} + minutes{min} + seconds{s};
}

std::string text(i18n::Time t) { return base::rfc3339(t.time_since_epoch().count()); }

// The next n times, in UTC.
std::vector<std::string> times(std::string_view cron, i18n::Time after, int n, std::string_view zone = "Europe/Paris") {
    std::vector<std::string> out;
    const auto parsed = Cron::parse(cron);
    if (!parsed) return {"malformed"};
    for (int i = 0; i < n; ++i) {
        after = parsed->next(after, *i18n::find_zone(zone));
        out.push_back(text(after));
    }
    return out;
}

class Malformed : public testing::TestWithParam<const char*> {};

struct Case {
    std::string cron;
    i18n::Time after;
    std::vector<std::string> expected;
};
class Next : public testing::TestWithParam<Case> {};

}  // namespace

TEST_P(Malformed, IsRefused) { EXPECT_FALSE(Cron::parse(GetParam())); }
INSTANTIATE_TEST_SUITE_P(Cron, Malformed,
                         testing::Values("", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 0 *", "* * * 13 *",
                                         "* * * * 8", "*/0 * * * *", "5-1 * * * *", "1- * * * *", "-1 * * * *", ", * * * *", "1,,2 * * * *", "a * * * *",
                                         "99999999999 * * * *", "0 0 31 2 *", "0 0 30 2 *", "*  * * * *", "1/ * * * *", "0 0 31 4,6,9,11 *"));

TEST_P(Next, IsWhatCronWouldDo) {
    EXPECT_EQ(times(GetParam().cron, GetParam().after, static_cast<int>(GetParam().expected.size())), GetParam().expected) << GetParam().cron;
}
INSTANTIATE_TEST_SUITE_P(
    Cron, Next,
    testing::Values(
        Case{"* * * * *", at(2026, 1, 1, 12, 0, 59), {"2026-01-01T12:01:00Z", "2026-01-01T12:02:00Z"}},
        Case{"0 3 * * *", at(2026, 1, 1, 2), {"2026-01-02T02:00:00Z"}}, // strictly after
        Case{"0 0 * * *", at(2026, 1, 1, 22, 30), {"2026-01-01T23:00:00Z"}},
        Case{"*/20 8-9 * * *", at(2026, 1, 1), {"2026-01-01T07:00:00Z", "2026-01-01T07:20:00Z", "2026-01-01T07:40:00Z", "2026-01-01T08:00:00Z"}},
        Case{"5/25 0 1 1 *", at(2026, 2, 1), {"2026-12-31T23:05:00Z", "2026-12-31T23:30:00Z", "2026-12-31T23:55:00Z", "2027-12-31T23:05:00Z"}},
        Case{"0 12 * * 1-5", at(2026, 1, 2, 12), {"2026-01-05T11:00:00Z"}}, Case{"0 12 * * 7", at(2026, 1, 1), {"2026-01-04T11:00:00Z"}},
        Case{"0 12 * * 0", at(2026, 1, 1), {"2026-01-04T11:00:00Z"}},
        Case{"0 12 13 * 5", at(2026, 2, 1), {"2026-02-06T11:00:00Z", "2026-02-13T11:00:00Z"}},  // either day
        Case{"0 12 31 * *", at(2026, 1, 31, 12), {"2026-03-31T10:00:00Z"}}, Case{"0 12 29 2 *", at(2026, 1, 1), {"2028-02-29T11:00:00Z", "2032-02-29T11:00:00Z"}},
        // 29 March 2026: 02:00 to 03:00 does not exist in Paris; its hour ends at 01:00 UTC.
        Case{"30 2 * * *", at(2026, 3, 28), {"2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
        Case{"0 3 * * *", at(2026, 3, 28, 12), {"2026-03-29T01:00:00Z", "2026-03-30T01:00:00Z"}},
        Case{"*/30 1-3 29 3 *", at(2026, 3, 28), {"2026-03-29T00:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"}},
        // 25 October 2026: 02:00 to 03:00 comes twice, first at 00:00 UTC.
        Case{"30 2 * * *", at(2026, 10, 24, 12), {"2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
        Case{"30 2 * * *", at(2026, 10, 25, 0, 45), {"2026-10-26T01:30:00Z"}},
        Case{"0 * * * *", at(2026, 10, 24, 23, 30), {"2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z"}},
        Case{"5 * * * *", at(2026, 3, 29, 0, 30), {"2026-03-29T01:05:00Z", "2026-03-29T02:05:00Z"}},
        Case{"0 1-4 25 10 *", at(2026, 10, 24), {"2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z"}}));

TEST(Cron, OtherZones) {
    // 3 October 2026, Lord Howe: half an hour is skipped, 02:00 to 02:30.
    EXPECT_EQ(times("15 2 * * *", at(2026, 10, 3, 0), 1, "Australia/Lord_Howe"), std::vector<std::string>{"2026-10-03T15:30:00Z"});
    EXPECT_EQ(times("15 2 * * *", at(2026, 10, 3, 0), 1, "UTC"), std::vector<std::string>{"2026-10-03T02:15:00Z"});
}

}  // namespace host::job
