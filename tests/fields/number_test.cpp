// Decimal numbers and amounts of money in both languages.
#include "i18n/number.hpp"

#include <gtest/gtest.h>

namespace host::i18n {
namespace {

struct Case {
    std::string_view typed, language, expected;  // expected "" = refused
};

TEST(Decimal, wrong_input_is_refused) {
    constexpr Case kCases[] = {{"", "fr", ""},         {"abc", "fr", ""},    {"1,2,3", "fr", ""},  {"1.2.3", "en", ""},  {"1,5.2", "fr", ""},
                               {"12,50", "en", ""},    {"1,23,456", "en", ""}, {",5", "fr", ""},   {"5,", "fr", ""},     {"5.", "en", ""},
                               {"--5", "fr", ""},      {"1e5", "en", ""},    {"0x10", "en", ""},   {"1234,567", "en", ""}, {"12 €", "fr", ""},
                               {"NaN", "en", ""},      {",123", "en", ""},   {"1,234,56", "en", ""}, {"1,2345", "en", ""},
                               {"1234567890123456789", "fr", ""}};
    for (const auto& c : kCases) EXPECT_FALSE(parse_decimal(c.typed, c.language)) << c.typed << " in " << c.language;
}

TEST(Decimal, what_people_type_becomes_canonical) {
    constexpr Case kCases[] = {{"12,50", "fr", "12.50"},  {"12.50", "fr", "12.50"},     {"1 234,5", "fr", "1234.5"}, {"1\u202f234,5", "fr", "1234.5"},
                               {"1\u00a0234", "fr", "1234"}, {"12.50", "en", "12.50"},  {"1,234.50", "en", "1234.50"}, {"1,234", "en", "1234"},
                               {"1,234,567", "en", "1234567"}, {"-0,5", "fr", "-0.5"}, {"-0", "fr", "0"},           {"-0.00", "en", "0.00"},
                               {"007", "fr", "7"},        {"+3", "en", "3"},            {" 4 ", "fr", "4"},          {"-1,234.5", "en", "-1234.5"}};
    for (const auto& c : kCases) EXPECT_EQ(parse_decimal(c.typed, c.language).value_or("refused"), c.expected) << c.typed << " in " << c.language;
}

TEST(Decimal, is_written_as_the_language_does) {
    EXPECT_EQ(format_decimal("1234.50", "fr", true), "1\u202f234,50");
    EXPECT_EQ(format_decimal("1234.50", "fr", false), "1234,50");
    EXPECT_EQ(format_decimal("1234.50", "en", true), "1,234.50");
    EXPECT_EQ(format_decimal("-7", "en", false), "-7");
    for (const std::string_view language : {"fr", "en"})
        for (const std::string_view decimal : {"0", "12.50", "-0.5", "123456789012.345"})
            EXPECT_EQ(parse_decimal(format_decimal(decimal, language, false), language).value_or(""), decimal) << language;
}

TEST(Amount, wrong_input_is_refused) {
    constexpr Case kCases[] = {{"", "fr", ""},       {"douze", "fr", ""},   {"12,505", "fr", ""}, {"12 XXY", "fr", ""}, {"12 EURO", "fr", ""},
                               {"EUR", "fr", ""},    {"1,5 JPY", "fr", ""}, {"€", "fr", ""},      {"12,50", "en", ""},  {"E12UR", "en", ""}};
    for (const auto& c : kCases) EXPECT_FALSE(parse_money(c.typed, c.language, "EUR")) << c.typed << " in " << c.language;
}

TEST(Amount, is_counted_in_the_minor_units_of_its_currency) {
    EXPECT_EQ(parse_money("12,5", "fr", "EUR"), (Money{1250, "EUR"}));
    EXPECT_EQ(parse_money("1 234,50 €", "fr", "EUR"), (Money{123450, "EUR"}));
    EXPECT_EQ(parse_money("12,5000", "fr", "EUR"), (Money{1250, "EUR"})) << "zeros say nothing";
    EXPECT_EQ(parse_money("$1,234.50", "en", "EUR"), (Money{123450, "USD"}));
    EXPECT_EQ(parse_money("12.50 usd", "en", "EUR"), (Money{1250, "USD"}));
    EXPECT_EQ(parse_money("-3", "fr", "EUR"), (Money{-300, "EUR"}));
    EXPECT_EQ(parse_money("1500", "fr", "JPY"), (Money{1500, "JPY"}));
    EXPECT_EQ(parse_money("1,234 TND", "fr", "EUR"), (Money{1234, "TND"}));
}

TEST(Amount, is_written_as_the_language_does) {
    EXPECT_EQ(format_money({123450, "EUR"}, "fr"), "1\u202f234,50\u00a0€");
    EXPECT_EQ(format_money({1250, "EUR"}, "en"), "€12.50");
    EXPECT_EQ(money_decimal({5, "EUR"}), "0.05");
    EXPECT_EQ(money_decimal({-5, "EUR"}), "-0.05");
    EXPECT_EQ(money_decimal({1500, "JPY"}), "1500");
}

}  // namespace
}  // namespace host::i18n
