// Decimal numbers as people type and read them (row S2-19).
#include "money.hpp"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace quotes;

constexpr bool kFrench = true, kEnglish = false;

}  // namespace

TEST(Money, WhatIsNoNumberIsRefused) {
    for (const auto* text : {"",    "-",  ".",    ",5",  ".5",  "5.",  "5,", "1.2.3", "1,2,3", "--1", "+1",
                             "1e3", "1-", "0x10", "NaN", "inf", "12a", "١٢", "1'000", "½",     "€5"}) {
        EXPECT_EQ(parse_decimal(text, 2, kFrench).fault, DecimalFault::no_number) << text;
        EXPECT_EQ(parse_decimal(text, 2, kEnglish).fault, DecimalFault::no_number) << text;
    }
    EXPECT_EQ(parse_decimal("1.005", 2, kFrench).fault, DecimalFault::too_many_places);
    EXPECT_EQ(parse_decimal("1000000000", 3, kFrench).fault, DecimalFault::too_large);
    EXPECT_EQ(parse_decimal(std::string(400, '9'), 3, kFrench).fault, DecimalFault::too_large);
    EXPECT_EQ(parse_decimal("1.234,50", 2, kFrench).fault, DecimalFault::no_number);
    // a thousand and something, or one and something: nobody is made to guess
    EXPECT_EQ(parse_decimal("1,234", 4, kEnglish).fault, DecimalFault::no_number);
}

TEST(Money, NumbersAreReadAsTheyAreTyped) {
    struct Row {
        const char* text;
        int places;
        int64_t units;
    };
    for (const auto& row :
         {Row{"0", 2, 0}, Row{"12", 2, 1200}, Row{"12,5", 2, 1250}, Row{"12.5", 2, 1250}, Row{"-3,01", 2, -301}, Row{"007", 0, 7},
          Row{"1 234,50", 2, 123'450}, Row{"1\u202f234,50", 2, 123'450}, Row{"1\u00a0234\u00a0567,89", 2, 123'456'789},
          Row{"0.1234", 4, 1234}, Row{"1.50000", 2, 150}, Row{"999999999.999", 3, 999'999'999'999}, Row{"-0", 2, 0}}) {
        const auto parsed = parse_decimal(row.text, row.places, kFrench);
        EXPECT_EQ(parsed.fault, DecimalFault::none) << row.text;
        EXPECT_EQ(parsed.units, row.units) << row.text;
    }
}

TEST(Money, AmountsAreWrittenAsTheLanguageDoes) {
    EXPECT_EQ(euro_text(123'450, "fr"), "1\u202f234,50\u00a0€");
    EXPECT_EQ(euro_text(123'450, "en"), "€1,234.50");
    EXPECT_EQ(euro_text(-5, "fr"), "-0,05\u00a0€");
    EXPECT_EQ(euro_text(-123'456'789, "en"), "-€1,234,567.89");
    EXPECT_EQ(euro_text(0, "fr"), "0,00\u00a0€");
    EXPECT_EQ(euro_text(99'999, "fr"), "999,99\u00a0€");
    EXPECT_EQ(people_text(2'500, 3, 0, "fr"), "2,5");
    EXPECT_EQ(people_text(1'234'000, 3, 0, "fr"), "1\u202f234");
    EXPECT_EQ(people_text(33'330, 4, 2, "fr"), "3,333");
    EXPECT_EQ(people_text(30'000, 4, 2, "en"), "3.00");
    EXPECT_EQ(form_text(12'345'000, 4, 2, "fr"), "1234,50");
    EXPECT_EQ(decimal_text(1500, 3), "1.5");
    EXPECT_EQ(decimal_text(std::numeric_limits<int64_t>::min(), 2), "-92233720368547758.08");
}

TEST(Money, WhatIsWrittenIsReadBack) {
    std::mt19937_64 random{7};
    std::uniform_int_distribution<int64_t> any{-999'999'999'999, 999'999'999'999};
    for (int i = 0; i < 20'000; ++i) {
        const auto units = any(random);
        ASSERT_EQ(parse_decimal(people_text(units, 3, 1, "fr"), 3, kFrench).units, units);
        ASSERT_EQ(parse_decimal(form_text(units, 3, 0, "en"), 3, kEnglish).units, units);
        ASSERT_EQ(parse_decimal(decimal_text(units, 3), 3, kEnglish).units, units);
    }
}
