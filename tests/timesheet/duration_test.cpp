// How durations are typed.
#include "duration.hpp"

#include <gtest/gtest.h>

#include <random>

namespace timesheet {
namespace {

TEST(Duration, WhatCannotBeMeantIsNone) {
    for (const auto* text : {"",
                             " ",
                             "90",
                             "1,5",
                             "h",
                             "1 h 75",
                             "1 h 30 h",
                             "30 min 1 h",
                             "1:5",
                             "1:60",
                             "1:30:60",
                             "1:30:20:10",
                             ":30",
                             "-1 h",
                             "1 h -30",
                             "1,5 min",
                             "1,23456 h",
                             "1.5.5 h",
                             "99999999999999999999 h",
                             "100001 h",
                             "1e3 h",
                             "١ h",
                             "1 h 30 demain"})
        EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Duration, IsReadAsPeopleWriteIt) {
    const std::pair<const char*, int64_t> cases[] = {
        {"1 h 30", 5400},
        {"1h30", 5400},
        {"1 H 05", 3900},
        {"2 heures", 7200},
        {"45 min", 2700},
        {"45 mn", 2700},
        {"45m", 2700},
        {"20 s", 20},
        {"1 h 20 s", 3620},
        {"1 h 05 min 20 s", 3920},
        {"1:30", 5400},
        {"0:20", 1200},
        {"1:30:20", 5420},
        {"1,5 h", 5400},
        {"0.25h", 900},
        {"1,3333 h", 4800},
        {"90 min", 5400},
        {"100:00", 360000},
        {"1\u00a0h\u00a030", 5400},
        {"1\u202fh\u202f30\u202fmin", 5400},
    };
    for (const auto& [text, seconds] : cases) EXPECT_EQ(parse_duration(text), seconds) << text;
}

TEST(Duration, WhatIsShownIsReadAgainToTheSecond) {
    std::mt19937 random{3};
    for (int i = 0; i < 2000; ++i) {
        const auto seconds = std::uniform_int_distribution<int64_t>{0, 400'000}(random);
        EXPECT_EQ(parse_duration(clock_text(seconds)), seconds);
        const auto words =
            std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min " + std::to_string(seconds % 60) + " s";
        EXPECT_EQ(parse_duration(words), seconds) << words;
    }
}

}  // namespace
}  // namespace timesheet
