#include "base/semver.hpp"

#include <gtest/gtest.h>

using host::base::Range;
using host::base::Version;

TEST(Version, Refused) {
    for (const char* bad : {"", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.03", "v1.2.3", "1.2.3-", "1.2.3-a..b", "1.2.3-01", "1.2.3-é",
                            "1.2.3+build", " 1.2.3", "1.2.3 ", "1.-2.3", "99999999999.0.0", "1..3", "a.b.c", "1.2-rc"})
        EXPECT_FALSE(Version::parse(bad).has_value()) << bad;
    for (const char* bad : {"", "1.", ".1", "1.2.3.4", "1.2-rc", "01"}) EXPECT_FALSE(Version::parse_short(bad).has_value()) << bad;
}

TEST(Version, Precedence) {
    const char* ordered[] = {"0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
                             "1.0.0-rc.1", "1.0.0", "1.0.1-99999999999999999999", "1.0.1", "1.2.0", "1.10.0", "2.0.0"};
    for (std::size_t i = 0; i < std::size(ordered); ++i) {
        for (std::size_t j = 0; j < std::size(ordered); ++j) {
            const auto a = Version::parse(ordered[i]), b = Version::parse(ordered[j]);
            ASSERT_TRUE(a && b);
            EXPECT_EQ(*a <=> *b, i <=> j) << ordered[i] << " " << ordered[j];
        }
    }
    EXPECT_EQ(Version::parse("1.0.1-rc.1")->to_string(), "1.0.1-rc.1");
    EXPECT_EQ(Version::parse_short("1.4")->to_string(), "1.4.0");
}

TEST(Range, Refused) {
    for (const char* bad : {"", " ", "^", "1.x", "*", "latest", ">", "=>1", "==1", "^1.2.3.4", "^1  ~2", " ^1", "^1 ", "^ 1.2", "1.2 || 2", "^01",
                            "^1.0.0-rc.1", ">=1.0.0-rc.1", "^99999999999", "^1.0-rc"})
        EXPECT_FALSE(Range::parse(bad).has_value()) << bad;
}

TEST(Range, Table) {
    struct Case {
        const char* range;
        const char* version;
        bool matches;
    };
    for (const Case& c : {
             Case{"^1.4", "1.4.0", true}, {"^1.4", "1.99.0", true}, {"^1.4", "1.3.9", false}, {"^1.4", "2.0.0", false},
             {"^1.4.2", "1.4.1", false}, {"^1.4.2", "1.5.0", true}, {"^1", "1.0.0", true}, {"^1", "2.0.0", false},
             {"^0.3", "0.3.0", true}, {"^0.3", "0.3.9", true}, {"^0.3", "0.4.0", false}, {"^0.3.2", "0.3.1", false},
             {"^0", "0.9.0", true}, {"^0", "1.0.0", false},
             {"~1.4.2", "1.4.2", true}, {"~1.4.2", "1.4.9", true}, {"~1.4.2", "1.5.0", false}, {"~1.4.2", "1.4.1", false},
             {"~1.4", "1.4.7", true}, {"~1.4", "1.5.0", false}, {"~1", "1.9.0", true}, {"~1", "2.0.0", false}, {"~0.3", "0.3.5", true},
             {">=1.2 <2", "1.2.0", true}, {">=1.2 <2", "1.1.9", false}, {">=1.2 <2", "2.0.0", false},
             {">1.2.0", "1.2.0", false}, {">1.2.0", "1.2.1", true}, {"<=1.2.0", "1.2.0", true}, {"<=1.2.0", "1.2.1", false},
             {"<1.2.0", "1.2.0", false}, {"=1.2.3", "1.2.3", true}, {"=1.2.3", "1.2.4", false}, {"1.2.3", "1.2.3", true},
             {"1.2", "1.2.0", true}, {"1.2", "1.2.1", false}, {">=1 <=1", "1.0.0", true}, {">2 <1", "1.5.0", false},
             {"^1.4", "1.5.0-rc.1", false}, {">=1.0.0", "2.0.0-rc.1", false}, {"<2.0.0", "2.0.0-rc.1", false},
             {"=2.0.0-rc.1", "2.0.0-rc.1", true}, {"2.0.0-rc.1", "2.0.0-rc.1", true}, {"=2.0.0-rc.1", "2.0.0", false},
             {"=2.0.0-rc.1", "2.0.0-rc.2", false}, {">=1 =2.0.0-rc.1", "2.0.0-rc.1", false},
         }) {
        const auto range = Range::parse(c.range);
        ASSERT_TRUE(range.has_value()) << c.range;
        EXPECT_EQ(range->matches(*Version::parse(c.version)), c.matches) << c.range << " " << c.version;
    }
}
