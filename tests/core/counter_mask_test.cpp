// Masks: what is refused, what is written, and that the zones give the mask back.
#include "core/counter_mask.hpp"

#include <gtest/gtest.h>

namespace core_test {
namespace {

using namespace host::core;

std::string refusal(std::string_view mask) {
    const auto parsed = parse_counter_mask(mask);
    return parsed ? "accepted" : parsed.problems().front().code;
}

std::string written(std::string_view mask, const CounterDate& date, std::int64_t value) {
    const auto parsed = parse_counter_mask(mask);
    return parsed ? write_number(*parsed, date, value) : parsed.problems().front().code;
}

std::string period(std::string_view mask, const CounterDate& date, int fiscal_month = 1) {
    return counter_period(*parse_counter_mask(mask), date, fiscal_month);
}

constexpr CounterDate kAugust{2020, 8, 5};

}  // namespace

TEST(CounterMask, refuses_what_cannot_number) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"", "counter.empty"},
        {std::string_view{"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA{000}"}, "counter.long"},
        {"T", "counter.number"},
        {"{yy}{mm}", "counter.number"},
        {"{000}{000}", "counter.number"},
        {"{0}", "counter.digits"},
        {"{00}", "counter.digits"},
        {"{0000000000000}", "counter.digits"},
        {"{y}-{000}", "counter.tag"},
        {"{cccc}{000}", "counter.tag"},
        {"{}{000}", "counter.tag"},
        {"{000!}", "counter.tag"},
        {"{000+1+2}", "counter.tag"},
        {"{000@1@2}", "counter.tag"},
        {"{000", "counter.brace"},
        {"000}", "counter.brace"},
        {"A {000}", "counter.character"},
        {"É{000}", "counter.character"},
        {"A#{000}", "counter.character"},
        {"<{000}", "counter.character"},
        {"{000+}", "counter.offset"},
        {"{000+-1}", "counter.offset"},
        {"{000+999}", "counter.offset"},
        {"{000+99999999999999999999}", "counter.offset"},
        {"{yy}{mm}{000@13}", "counter.reset"},
        {"{yy}{mm}{000@}", "counter.reset"},
        {"{yy}{mm}{000@-}", "counter.reset"},
        {"{000@1}", "counter.date"},
        {"{mm}{000@1}", "counter.date"},
        {"{yy}{000@2}", "counter.date"},
        {"{yy}{000@99}", "counter.date"},
        {"{mm}{000@99}", "counter.date"},
        {"{yyyy}{000@0}", "counter.date"},
    };
    for (const auto& [mask, code] : cases) EXPECT_EQ(refusal(mask), code) << mask;
}

TEST(CounterMask, S0_19_writes_the_number) {
    EXPECT_EQ(written("TICK-{yy}{mm}-{0000}", kAugust, 21), "TICK-2008-0021");
    EXPECT_EQ(written("{000}", kAugust, 7), "007");
    EXPECT_EQ(written("{yyyy}/{mm}/{dd}-{000}-Z", kAugust, 1), "2020/08/05-001-Z");
    EXPECT_EQ(written("ABC{yy}{mm}-{000000}", {2007, 1, 31}, 99), "ABC0701-000099");
    EXPECT_EQ(written("{0000+100@1}-ZZZ/{dd}/{yy}", {2026, 12, 31}, 199), "0199-ZZZ/31/26");
    EXPECT_EQ(written("{yyyy}{000@1+5}", {2026, 12, 31}, 12), "2026012");
}

TEST(CounterMask, numbers_count_together_until_they_start_again) {
    EXPECT_EQ(period("{000}", kAugust), "");
    EXPECT_EQ(period("{yy}{mm}{000@99}", kAugust), "2020-08");
    EXPECT_EQ(period("{yy}{000@1}", kAugust), "2020/01");
    EXPECT_EQ(period("{yy}{mm}{000@9}", kAugust), "2019/09");
    EXPECT_EQ(period("{yy}{mm}{000@8}", kAugust), "2020/08") << "the first month belongs to the new year";
    EXPECT_EQ(period("{yy}{mm}{000@0}", kAugust, 10), "2019/10");
    EXPECT_EQ(period("{yy}{mm}{000@0}", kAugust, 4), "2020/04");
}

TEST(CounterMask, the_day_is_that_of_the_company) {
    constexpr std::int64_t kNewYearInParis = 1'767'222'000'000'000;  // 2025-12-31T23:00:00Z
    EXPECT_EQ(counter_date(kNewYearInParis, "Europe/Paris").year, 2026);
    EXPECT_EQ(counter_date(kNewYearInParis, "UTC").year, 2025);
    EXPECT_EQ(counter_date(kNewYearInParis - 1, "Europe/Paris").year, 2025);
    EXPECT_EQ(counter_date(kNewYearInParis, "Pacific/Noumea").day, 1);
}

TEST(CounterMask, zones_and_text_are_two_ways_to_write_one_mask) {
    for (const std::string mask : {"{000}", "T{yy}{mm}-{000000}", "TICK-{yyyy}{mm}{dd}.{0000+100@99}/X", "A{0000}", "{yy}{0000@1}", "{yy}{mm}{0000@12}", "{yyyy}{mm}{000@0}"}) {
        const auto parsed = parse_counter_mask(mask);
        ASSERT_TRUE(parsed) << mask;
        EXPECT_EQ(to_text(*parsed), mask);
        const auto zones = zones_of(*parsed);
        ASSERT_TRUE(zones) << mask;
        EXPECT_EQ(to_mask(*zones), mask);
    }
    for (const std::string mask : {"{0000}-{yy}", "{mm}{yy}-{000}", "{yy}-{mm}-{000}", "{yy}{yy}{000}"}) {
        const auto parsed = parse_counter_mask(mask);
        ASSERT_TRUE(parsed) << mask;
        EXPECT_FALSE(zones_of(*parsed)) << mask;
        EXPECT_EQ(to_text(*parsed), mask);
    }
}

TEST(CounterMask, the_highest_number_fills_its_digits) {
    EXPECT_EQ(parse_counter_mask("{000}")->highest(), 999);
    EXPECT_EQ(parse_counter_mask("{000000000000}")->highest(), 999'999'999'999);
}

}  // namespace core_test
