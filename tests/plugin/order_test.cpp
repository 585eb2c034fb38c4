#include "plugin/snapshot.hpp"

#include <gtest/gtest.h>

namespace {

using host::plugin::Ordered;

std::string sorted(const std::vector<Ordered>& items) {
    const auto order = host::plugin::sort_by_order(items);
    if (!order) return "cycle";
    std::string out;
    for (const auto i : *order) out += items[i].id + ' ';
    return out;
}

TEST(SortByOrder, CyclesHaveNoOrder) {
    EXPECT_EQ(sorted({{"a", {{"a"}, {}}}}), "cycle");
    EXPECT_EQ(sorted({{"a", {{"b"}, {}}}, {"b", {{"a"}, {}}}}), "cycle");
    EXPECT_EQ(sorted({{"a", {{}, {"b"}}}, {"b", {{}, {"c"}}}, {"c", {{}, {"a"}}}, {"d", {}}}), "cycle");
    EXPECT_EQ(sorted({{"a", {{"b"}, {"b"}}}, {"b", {}}}), "cycle");
}

TEST(SortByOrder, TiesGoById) {
    EXPECT_EQ(sorted({}), "");
    EXPECT_EQ(sorted({{"c", {}}, {"a", {}}, {"b", {}}}), "a b c ");
}

TEST(SortByOrder, AfterAndBeforeWin) {
    EXPECT_EQ(sorted({{"a", {{"c"}, {}}}, {"b", {}}, {"c", {}}}), "b c a ");
    EXPECT_EQ(sorted({{"a", {}}, {"b", {}}, {"c", {{}, {"a"}}}}), "b c a ");
    EXPECT_EQ(sorted({{"a", {{"b"}, {}}}, {"b", {{"c"}, {}}}, {"c", {}}}), "c b a ");
}

TEST(SortByOrder, UnknownNamesDoNotMatter) { EXPECT_EQ(sorted({{"b", {{"x"}, {"y"}}}, {"a", {{"x"}, {}}}}), "a b "); }

TEST(SortByOrder, EqualIdsAreAllKept) { EXPECT_EQ(sorted({{"a", {}}, {"a", {}}, {"b", {{}, {"a"}}}}), "b a a "); }

}  // namespace
