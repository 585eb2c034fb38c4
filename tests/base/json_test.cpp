#include "base/json.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

using host::base::Arena;
using host::base::Value;
using host::base::parse_json;
using host::base::rfc3339;
using host::base::to_json;
using namespace std::string_literals;

namespace {

std::string nested(int depth) { return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']'); }

std::string again(std::string_view text) {
    Arena arena;
    auto parsed = parse_json(arena, text);
    return parsed ? to_json(**parsed) : "refused: " + parsed.problems()[0].message;
}

class Refused : public testing::TestWithParam<std::string> {};

}  // namespace

TEST_P(Refused, IsAProblemWithAnOffset) {
    Arena arena;
    auto parsed = parse_json(arena, GetParam());
    ASSERT_FALSE(parsed.ok());
    ASSERT_EQ(parsed.problems().size(), 1u);
    EXPECT_EQ(parsed.problems()[0].code, "json.invalid");
    EXPECT_LE(std::stoul(parsed.problems()[0].path), GetParam().size());
}

INSTANTIATE_TEST_SUITE_P(
    Json, Refused,
    testing::Values(""s, " "s, "{"s, "[1,]"s, "{\"a\":1,}"s, "[1 2]"s, "nul"s, "True"s, "NaN"s, "[NaN]"s, "Infinity"s, "-Infinity"s,
                    "01"s, "+1"s, ".5"s, "1."s, "1e"s, "0x10"s, "1e999"s, "-1e999"s, "1e99999999999"s, "'a'"s, "{a:1}"s, "// c\n1"s,
                    "/* c */1"s, "1 1"s, "{} x"s, "[]]"s, "null\0"s, "\xef\xbb\xbf{}"s, nested(65),
                    "{\"a\":1,\"a\":2}"s, "{\"a\":1,\"b\":2,\"\\u0061\":3}"s, "[{\"x\":{\"\":1,\"\":1}}]"s,
                    "\"\\ud800\""s, "\"\\udc00\""s, "\"\\ud800x\""s, "\"\\ud800\\u0041\""s, "\"\\ud800\\ud800\""s, "{\"\\udfff\":1}"s,
                    "\"\\u0000\""s, "\"a\\u0000b\""s, "{\"\\u0000\":1}"s, "{\"a\\u0000\":1}"s, "\"a\0b\""s, "\"a\nb\""s, "\"\x1f\""s,
                    "\"\\x41\""s, "\"\\u12\""s, "\"abc"s, "\"\xff\""s, "\"\xc0\x80\""s, "\"\xed\xa0\x80\""s, "\"\xf4\x90\x80\x80\""s,
                    "\"\xe2\x82\""s));

TEST(Json, DepthOf64IsFine) {
    Arena arena;
    EXPECT_TRUE(parse_json(arena, nested(64)).ok());
    EXPECT_EQ(again("[[{\"a\":[]}]]"), "[[{\"a\":[]}]]");
}

TEST(Json, EveryTypeComesBack) {
    EXPECT_EQ(again(R"( {"n":null,"t":true,"f":false,"i":-9223372036854775808,"j":9223372036854775807,"r":0.1,"s":"é\"\\\/\n","a":[],"o":{}} )"),
              R"({"n":null,"t":true,"f":false,"i":-9223372036854775808,"j":9223372036854775807,"r":0.1,"s":"é\"\\/\n","a":[],"o":{}})");
    EXPECT_EQ(again(R"("\ud83d\ude00 \u00e9\u2028")"), "\"😀 é\u2028\"");
    EXPECT_EQ(again("18446744073709551615"), "18446744073709551616");
    EXPECT_EQ(again("-0"), "0");
    EXPECT_EQ(again("1e-999"), "0");
}

TEST(Json, RealsAreExact) {
    Arena arena;
    for (const char* digits : {"0.1", "5e-324", "1.7976931348623157e308", "123456.789", "9007199254740993.0", "2.2250738585072011e-308"}) {
        auto parsed = parse_json(arena, digits);
        ASSERT_TRUE(parsed.ok()) << digits;
        EXPECT_EQ((*parsed)->as_real(), std::strtod(digits, nullptr)) << digits;
    }
}

TEST(Json, ManyMembersAreCheckedForDuplicates) {
    std::string text = "{";
    for (int i = 0; i < 100000; ++i) text += '"' + std::to_string(i) + "\":0,";
    Arena arena;
    EXPECT_TRUE(parse_json(arena, text + "\"last\":0}").ok());
    EXPECT_FALSE(parse_json(arena, text + "\"50000\":0}").ok());
}

TEST(Json, LongStringsWithEscapes) {
    const std::string part(70000, 'x');
    EXPECT_EQ(again('"' + part + "\\u00e9" + part + '"'), '"' + part + "é" + part + '"');
    EXPECT_EQ(again("{\"" + part + "\\n\":1}"), "{\"" + part + "\\n\":1}");
}

TEST(Json, MemoryOfAHostileBodyIsBounded) {
    Arena arena{1 << 20};
    std::string text = "[";
    for (int i = 0; i < 200000; ++i) text += "0,";
    EXPECT_THROW((void)parse_json(arena, text + "0]"), std::bad_alloc);
}

TEST(Json, WritesWhatHasNoJsonForm) {
    Arena arena;
    EXPECT_EQ(to_json(*Value::real(arena, std::numeric_limits<double>::quiet_NaN())), "null");
    EXPECT_EQ(to_json(*Value::real(arena, -std::numeric_limits<double>::infinity())), "null");
    EXPECT_EQ(to_json(*Value::html(arena, "<b>\"</b>")), "\"<b>\\\"</b>\"");
    EXPECT_EQ(to_json(*Value::string(arena, "\x01\x1f\t\x7f"s)), "\"\\u0001\\u001f\\t\x7f\"");
    EXPECT_EQ(to_json(*Value::time(arena, 1'000'001)), "\"1970-01-01T00:00:01.000001Z\"");
}

TEST(Json, ATreeDeeperThanTheStackIsRefusedNotACrash) {
    Arena arena;
    Value* root = Value::array(arena);
    Value* inner = root;
    for (int i = 0; i < 100000; ++i) inner = inner->add_array("");
    EXPECT_THROW(to_json(*root), std::length_error);
    Value* own_child = Value::array(arena);
    own_child->push(own_child);
    EXPECT_THROW(to_json(*own_child), std::length_error);
}

TEST(Rfc3339, KnownMoments) {
    EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(rfc3339(-1), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(rfc3339(1795374160000000), "2026-11-22T19:02:40Z");
    EXPECT_EQ(rfc3339(951782400000000), "2000-02-29T00:00:00Z");
    EXPECT_EQ(rfc3339(std::numeric_limits<std::int64_t>::max()), "9999-12-31T23:59:59.999999Z");
    EXPECT_EQ(rfc3339(std::numeric_limits<std::int64_t>::min()), "0000-01-01T00:00:00Z");
}
