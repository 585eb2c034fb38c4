#include "base/strings.hpp"

#include "base/random.hpp"
#include "base/sha256.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

using namespace host::base;
using namespace std::string_literals;

TEST(Strings, InvalidUtf8) {
    for (const auto& bad : {"\x80"s, "\xc0\x80"s, "\xc1\xbf"s, "\xe0\x80\x80"s, "\xe0\x9f\xbf"s, "\xed\xa0\x80"s, "\xed\xbf\xbf"s,
                            "\xf0\x8f\xbf\xbf"s, "\xf4\x90\x80\x80"s, "\xf5\x80\x80\x80"s, "\xff"s, "\xc3"s, "\xe2\x82"s, "\xf0\x9f\x98"s,
                            "\xc3\x28"s, "a\xe2\x28\xa1"s, "\xf0\x9f\x98\xc0"s})
        EXPECT_FALSE(valid_utf8(bad)) << hex(bad);
}

TEST(Strings, ValidUtf8AndItsLength) {
    for (const auto& good : {""s, "abc"s, "é"s, "€"s, "😀"s, "\xed\x9f\xbf"s, "\xee\x80\x80"s, "\xf4\x8f\xbf\xbf"s, "\0"s})
        EXPECT_TRUE(valid_utf8(good)) << hex(good);
    EXPECT_EQ(count_code_points("é€😀a"), 4u);
    EXPECT_EQ(count_code_points(""), 0u);
}

TEST(Strings, TrimSplitLower) {
    EXPECT_EQ(trim(" \t\r\n\v\f"), "");
    EXPECT_EQ(trim(" a b "), "a b");
    EXPECT_EQ(trim("\u00a0"), "\u00a0");
    EXPECT_EQ(lower_ascii("ÀBZ@[é"), "Àbz@[é");
    EXPECT_THAT(split("a,,b", ','), testing::ElementsAre("a", "", "b"));
    EXPECT_THAT(split("", ','), testing::ElementsAre(""));
    EXPECT_THAT(split(",", ','), testing::ElementsAre("", ""));
    EXPECT_TRUE(contains_nul("a\0b"s));
    EXPECT_FALSE(contains_nul("a0b"));
    EXPECT_EQ(hex("\x00\xff\x10"s), "00ff10");
}

TEST(Sha256, KnownDigests) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Random, TokensDifferAndAreSafeInUrls) {
    std::set<std::string> tokens;
    for (int i = 0; i < 1000; ++i) tokens.insert(random_token(32));
    EXPECT_EQ(tokens.size(), 1000u);
    for (const std::string& token : tokens) {
        ASSERT_EQ(token.size(), 43u);
        ASSERT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), std::string::npos);
    }
    EXPECT_EQ(random_bytes(17).size(), 17u);
    EXPECT_EQ(random_token(0), "");
}

TEST(Random, ConstantTimeEqual) {
    EXPECT_TRUE(constant_time_equal("", ""));
    EXPECT_TRUE(constant_time_equal("abc", "abc"));
    EXPECT_FALSE(constant_time_equal("abc", "abd"));
    EXPECT_FALSE(constant_time_equal("abc", "ab"));
    EXPECT_FALSE(constant_time_equal("a\0b"s, "a\0c"s));
}
