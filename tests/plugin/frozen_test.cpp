// Old plugins in today's host: built with the headers of each released version (tests/abi/1.*).
#include "desk.hpp"

#include "base/json.hpp"

namespace host::plugin_tests {
namespace {

class FrozenPlugin : public DeskTest, public testing::WithParamInterface<std::string> {};

TEST_P(FrozenPlugin, CallsEveryTable) {
    packages_.add("frozen-" + GetParam());
    const auto enabled = lifecycle_.enable("frozen");
    ASSERT_TRUE(enabled.ok()) << outcome(enabled);
    const auto answer = desk_.get("/frozen");
    ASSERT_EQ(answer.status, GUICHET_OK) << answer.error;
    base::Arena arena;
    const auto json = base::parse_json(arena, answer.body);
    ASSERT_TRUE(json.ok()) << answer.body;
    const auto& out = **json;
    EXPECT_EQ(out.get("n")->as_integer(), 42);
    EXPECT_EQ(out.get("text")->as_string(), "déjà vu");
    EXPECT_EQ(out.get("at")->as_string(), "2023-11-14T22:13:20Z");
    EXPECT_TRUE(out.get("row")->get("nothing")->is(base::Value::Type::null));
    EXPECT_EQ(out.get("rows")->size(), 1u);
    EXPECT_EQ(out.get("plural")->as_string(), "many");
    EXPECT_EQ(out.get("twice")->as_integer(), 42);
    EXPECT_TRUE(out.get("list_is_null")->as_bool());
}

TEST_P(FrozenPlugin, ReportsProblems) {
    packages_.add("frozen-" + GetParam());
    ASSERT_TRUE(lifecycle_.enable("frozen").ok());
    EXPECT_EQ(desk_.get("/frozen/refused").status, GUICHET_E_INVALID);
}

TEST_P(FrozenPlugin, InPlainC) {
    packages_.add("frozen-c-" + GetParam());
    const auto enabled = lifecycle_.enable("frozen_c");
    ASSERT_TRUE(enabled.ok()) << outcome(enabled);
    EXPECT_EQ(desk_.get("/frozen_c").body, "hello from C");
}

INSTANTIATE_TEST_SUITE_P(Releases, FrozenPlugin, testing::Values("1.0"), [](const auto& info) {
    auto name = info.param;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
});

}  // namespace
}  // namespace host::plugin_tests
