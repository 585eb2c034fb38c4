#include "base/arena.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <new>
#include <string>
#include <vector>

using host::base::Arena;

TEST(Arena, RefusesPastItsCapAndStaysUsable) {
    Arena arena{1000};
    arena.allocate(900, 1);
    EXPECT_THROW(arena.allocate(101, 1), std::bad_alloc);
    EXPECT_THROW(arena.allocate(SIZE_MAX, 1), std::bad_alloc);
    EXPECT_THROW(arena.allocate(SIZE_MAX - 8, 64), std::bad_alloc);
    EXPECT_NE(arena.allocate(100, 1), nullptr);
    EXPECT_EQ(arena.used_bytes(), 1000u);
}

TEST(Arena, PaddingCountsAgainstTheCap) {
    Arena arena{64u << 10};
    EXPECT_THROW({ for (int i = 0; i < 2000; ++i) arena.allocate(1, 64); }, std::bad_alloc);
}

TEST(Arena, AlignsAndNeverOverlaps) {
    Arena arena;
    std::vector<std::pair<std::uintptr_t, std::size_t>> given;
    for (std::size_t i = 0; i < 4000; ++i) {
        const std::size_t align = std::size_t{1} << (i % 7), bytes = i * 37 % 701;
        const auto at = reinterpret_cast<std::uintptr_t>(arena.allocate(bytes, align));
        EXPECT_EQ(at % align, 0u);
        given.emplace_back(at, bytes);
    }
    std::sort(given.begin(), given.end());
    for (std::size_t i = 1; i < given.size(); ++i) ASSERT_LE(given[i - 1].first + given[i - 1].second, given[i].first);
}

TEST(Arena, CopiesOutliveTheOriginal) {
    Arena arena;
    std::vector<std::string_view> copies;
    for (int i = 0; i < 10000; ++i) copies.push_back(arena.copy(std::to_string(i)));
    for (int i = 0; i < 10000; ++i) ASSERT_EQ(copies[static_cast<std::size_t>(i)], std::to_string(i));
    EXPECT_EQ(arena.copy("").size(), 0u);
    EXPECT_EQ(arena.copy(std::string(1 << 20, 'x')), std::string(1 << 20, 'x'));
}
