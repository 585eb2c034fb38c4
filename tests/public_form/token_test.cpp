// Secrets of links (security.md R29), and colours that can be read.
#include "token.hpp"
#include "contrast.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <unordered_set>

using namespace public_form;

TEST(Token, R29_AMillionDifferAndLookRandom) {
    constexpr int kTokens = 1'000'000;
    std::unordered_set<std::string> seen;
    seen.reserve(kTokens);
    std::array<std::int64_t, 128> of_character{};
    for (int i = 0; i < kTokens; ++i) {
        auto token = random_token();
        ASSERT_TRUE(is_token(token)) << token;
        for (std::size_t c = 0; c + 1 < token.size(); ++c) ++of_character[static_cast<unsigned char>(token[c])];  // the last has 4 bits
        seen.insert(std::move(token));
    }
    EXPECT_EQ(seen.size(), static_cast<std::size_t>(kTokens));
    // 64 characters, equally often: chi-squared with 63 degrees of freedom is below 130 but for one in a million
    const double expected = 42.0 * kTokens / 64;
    double chi_squared = 0;
    int characters = 0;
    for (const auto n : of_character) {
        if (n == 0) continue;
        ++characters;
        chi_squared += (static_cast<double>(n) - expected) * (static_cast<double>(n) - expected) / expected;
    }
    EXPECT_EQ(characters, 64);
    EXPECT_LT(chi_squared, 130);
}

TEST(Token, IsNothingElse) {
    for (const std::string text :
         {"", "x", "null", std::string(43, '/').c_str(), std::string(42, 'a').c_str(), std::string(44, 'a').c_str()})
        EXPECT_FALSE(is_token(text)) << text;
    EXPECT_EQ(token_hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_FALSE(same_secret("", "a"));
    EXPECT_TRUE(same_secret("ab", "ab"));
}

TEST(Contrast, WhatIsChosenCanBeReadOnItsPage) {
    EXPECT_FALSE(parse_color("red"));
    EXPECT_FALSE(parse_color("#12345g"));
    EXPECT_FALSE(parse_color("#1234567"));
    const auto white = *parse_color("#ffffff"), black = *parse_color("#000000");
    EXPECT_NEAR(contrast(white, black), 21, 0.01);
    for (const auto* text : {"#ffff00", "#ff0000", "#00ff00", "#777777", "#1e4fae", "#000000", "#ffffff", "#ff8800"}) {
        const auto color = *parse_color(text);
        EXPECT_EQ(to_text(color), text);
        EXPECT_GE(contrast(readable_on(white, color), white), 4.5) << text;
        EXPECT_GE(contrast(readable_on(black, color), black), 4.5) << text;
        EXPECT_GE(contrast(text_on(color), color), 4.5) << text;
    }
    EXPECT_EQ(to_text(readable_on(white, *parse_color("#1e4fae"))), "#1e4fae");
}
