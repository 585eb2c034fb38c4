// What a quote costs to the cent, by French rules (row S2-19): a table with its reasoning, and random quotes against exact fractions.
#include "totals.hpp"

#include <gtest/gtest.h>
#include <boost/multiprecision/cpp_int.hpp>

#include <limits>
#include <map>
#include <random>

namespace {

using namespace quotes;
using boost::multiprecision::cpp_int;
using boost::multiprecision::cpp_rational;

constexpr int64_t kEuro = 10'000;  // of a unit price

int64_t cents_of(Price price) {
    const auto cents = line_cents(price);
    EXPECT_TRUE(cents.has_value());
    return cents.value_or(-1);
}

Totals totals_of(const std::vector<Price>& prices) {
    const auto totals = add_up(prices);
    EXPECT_TRUE(totals.has_value());
    return totals.value_or(Totals{});
}

// To the nearest whole number, halves away from zero: said once more, another way.
cpp_int nearest(const cpp_rational& value) {
    const cpp_rational doubled = value * 2;
    const cpp_int n = numerator(doubled), d = denominator(doubled);  // d > 0
    return n >= 0 ? cpp_int{(n / d + 1) / 2} : cpp_int{-((-n / d + 1) / 2)};
}

cpp_rational exact_cents(const Price& price) {
    const cpp_rational euros = cpp_rational{price.quantity, 1000} * cpp_rational{price.unit_price, 10'000};
    return euros * (1 - cpp_rational{price.discount, 10'000}) * 100;
}

}  // namespace

TEST(QuoteTotals, S2_19_WhatIsOutsideOfTheLimitsIsRefusedAndNotCutOff) {
    constexpr auto kLargest = std::numeric_limits<int64_t>::max(), kSmallest = std::numeric_limits<int64_t>::min();
    for (const auto& price : {
             Price{-1, kEuro, 0, 2000},              // a negative quantity
             Price{kMostQuantity + 1, 1, 0, 2000},   //
             Price{kLargest, kLargest, 0, 2000},     //
             Price{1000, kMostUnitPrice + 1, 0, 0},  //
             Price{1000, kSmallest, 0, 0},           //
             Price{1000, kEuro, -1, 2000},           // a surcharge is a line of its own
             Price{1000, kEuro, 10'001, 2000},       // more than all of it
             Price{1000, kEuro, 0, 100'000},         // 1000 % of VAT
             Price{1000, kEuro, 0, -1},
         }) {
        EXPECT_FALSE(line_cents(price)) << price.quantity << ' ' << price.unit_price << ' ' << price.discount << ' ' << price.vat_rate;
        EXPECT_FALSE(add_up(std::vector{price}));
    }
    // each factor is small enough, the product is not: 999999999.999 x 999999999.9999
    EXPECT_FALSE(line_cents({kMostQuantity, kMostUnitPrice, 0, 0}));
    // each line is small enough, their sum is not; and the sum is, but not with its VAT
    const Price large{1'000'000'000, 900'000'000 * kEuro / 1000, 0, 0};  // a million times 900000: 90 milliards
    EXPECT_EQ(line_cents(large), 90'000'000'000'000);
    EXPECT_FALSE(add_up(std::vector{large, large}));
    EXPECT_FALSE(add_up(std::vector{large, Price{large.quantity, large.unit_price, 0, 550}}));
    EXPECT_FALSE(add_up(std::vector{Price{large.quantity, large.unit_price, 0, 2000}}));
    EXPECT_TRUE(add_up(std::vector{large}));
}

TEST(QuoteTotals, S2_19_ALineIsRoundedOnceHalvesAwayFromZero) {
    struct Row {
        Price price;
        int64_t cents;
        const char* why;
    };
    const Row rows[] = {
        {{1000, 10 * kEuro, 0, 2000}, 1000, "one at 10.00"},
        {{0, 10 * kEuro, 0, 2000}, 0, "none of it: an option that is named"},
        {{3000, 3333, 0, 2000}, 100, "3 x 0.3333 = 0.9999: to 1.00, not 3 x 0.33 = 0.99"},
        {{1000, 50, 0, 2000}, 1, "0.0050: the half goes up"},
        {{1000, 49, 0, 2000}, 0, "0.0049 does not"},
        {{1000, -50, 0, 2000}, -1, "-0.0050: away from zero, the mirror image"},
        {{1000, -49, 0, 2000}, 0, "-0.0049"},
        {{1005, kEuro, 0, 2000}, 101, "1.005 x 1.00: a double holds 1.00499999999999989, and would say 1.00"},
        {{1000, 10'049, 0, 2000}, 100, "1.0049"},
        {{2500, 14 * kEuro, 0, 2000}, 3500, "2.5 hours at 14.00"},
        {{1000, 100 * kEuro, 1000, 2000}, 9000, "10 % less"},
        {{1000, 100 * kEuro, 10'000, 2000}, 0, "offered"},
        {{1000, 199'900, 3333, 2000}, 1333, "19.99 x 0.6667 = 13.327333"},
        {{3000, 99'950, 1250, 2000}, 2624, "3 x 9.995 x 0.875 = 26.236875: the unit price with its discount is not rounded before"},
        {{1, 1, 0, 2000}, 0, "0.001 x 0.0001: nothing is left"},
        {{333, 30'000, 0, 550}, 100, "0.333 x 3.00 = 0.999"},
    };
    for (const auto& row : rows) EXPECT_EQ(cents_of(row.price), row.cents) << row.why;
}

TEST(QuoteTotals, S2_19_VatIsRoundedOncePerRate) {
    struct Row {
        std::vector<Price> prices;
        std::vector<RateTotal> rates;
        int64_t net, vat, gross;
        const char* why;
    };
    const auto euros = [](int64_t cents, int64_t vat_rate) { return Price{1000, cents * kEuro / 100, 0, vat_rate}; };
    const Row rows[] = {
        {{}, {}, 0, 0, 0, "an empty quote costs nothing"},
        {{euros(10'000, 2000)}, {{2000, 10'000, 2000}}, 10'000, 2000, 12'000, "100.00 at 20 %"},
        {{euros(3, 2000), euros(3, 2000), euros(3, 2000)},
         {{2000, 9, 2}},
         9,
         2,
         11,
         "0.09 x 20 % = 0.018: 0.02; per line 3 x 0.006 would be 0.03"},
        {{euros(2, 2000), euros(2, 2000), euros(2, 2000)},
         {{2000, 6, 1}},
         6,
         1,
         7,
         "0.06 x 20 % = 0.012: 0.01; per line 3 x 0.004 would be none"},
        {{euros(5, 1000)}, {{1000, 5, 1}}, 5, 1, 6, "0.005: the half goes up"},
        {{euros(-5, 1000)}, {{1000, -5, -1}}, -5, -1, -6, "and of a deduction down: what was charged is given back"},
        {{euros(100, 550), euros(100, 2000), euros(100, 210), euros(100, 1000), euros(100, 0)},
         {{2000, 100, 20}, {1000, 100, 10}, {550, 100, 6}, {210, 100, 2}, {0, 100, 0}},
         500,
         38,
         538,
         "the rates of France: 5.5 % of 1.00 is 0.055, 2.1 % is 0.021; each is rounded by itself"},
        {{euros(10'000, 2000), euros(-1000, 2000), euros(5000, 550)},
         {{2000, 9000, 1800}, {550, 5000, 275}},
         14'000,
         2075,
         16'075,
         "a deduction takes from the base of its rate"},
        {{euros(1000, 2000), euros(-1000, 2000)}, {{2000, 0, 0}}, 0, 0, 0, "what is taken off again"},
        {{{3000, 3333, 0, 2000}, {3000, 3333, 0, 2000}},
         {{2000, 200, 40}},
         200,
         40,
         240,
         "1.00 + 1.00 as they stand on the lines, not 1.9998"},
        {{euros(8333, 2000)}, {{2000, 8333, 1667}}, 8333, 1667, 10'000, "16.666: 16.67, and 100.00 to pay"},
        {{euros(1, 550), euros(1, 1000), euros(1, 2000)},
         {{2000, 1, 0}, {1000, 1, 0}, {550, 1, 0}},
         3,
         0,
         3,
         "0.002 + 0.001 + 0.00055: no rate reaches half a cent; the sum of all would not either"},
    };
    for (const auto& row : rows) {
        const auto totals = totals_of(row.prices);
        EXPECT_EQ(totals.rates, row.rates) << row.why;
        EXPECT_EQ(totals.net_cents, row.net) << row.why;
        EXPECT_EQ(totals.vat_cents, row.vat) << row.why;
        EXPECT_EQ(totals.gross_cents, row.gross) << row.why;
    }
}

TEST(QuoteTotals, S2_19_RandomQuotesAreThoseOfExactFractions) {
    std::mt19937_64 random{20'261'123};
    const auto between = [&](int64_t least, int64_t most) { return std::uniform_int_distribution<int64_t>{least, most}(random); };
    // as people have it, and at all the limits
    const auto any_of = [&](int64_t common, int64_t most) {
        return between(0, 9) < 8 ? between(0, common) : between(0, 1) ? most : between(0, most);
    };
    const int64_t rates[] = {0, 210, 550, 1000, 2000, 850, 1, 10'000};
    std::size_t refused = 0;
    for (int quote = 0; quote < 20'000; ++quote) {
        std::vector<Price> prices(static_cast<std::size_t>(between(0, 12)));
        std::map<int64_t, cpp_int> bases;
        for (auto& price : prices) {
            price.quantity = any_of(5000, kMostQuantity);
            price.unit_price = any_of(2'000'000, kMostUnitPrice) * (between(0, 5) == 0 ? -1 : 1);
            price.discount = between(0, 1) ? 0 : any_of(5000, kWhole);
            price.vat_rate = rates[between(0, 7)];
            bases[price.vat_rate] += nearest(exact_cents(price));
        }
        const auto totals = add_up(prices);
        if (!totals) {
            ++refused;
            continue;
        }
        cpp_int net = 0, vat = 0;
        ASSERT_EQ(totals->rates.size(), bases.size());
        for (const auto& rate : totals->rates) {
            ASSERT_EQ(cpp_int{rate.net_cents}, bases.at(rate.vat_rate));
            ASSERT_EQ(cpp_int{rate.vat_cents}, nearest(cpp_rational{bases.at(rate.vat_rate)} * rate.vat_rate / 10'000));
            net += rate.net_cents, vat += rate.vat_cents;
        }
        ASSERT_EQ(cpp_int{totals->net_cents}, net);
        ASSERT_EQ(cpp_int{totals->vat_cents}, vat);
        ASSERT_EQ(cpp_int{totals->gross_cents}, net + vat);
        // the order of the lines does not matter
        std::ranges::shuffle(prices, random);
        const auto shuffled = add_up(prices);
        ASSERT_TRUE(shuffled && shuffled->gross_cents == totals->gross_cents);
    }
    EXPECT_GT(refused, 100U);
    EXPECT_LT(refused, 19'000U);
}
