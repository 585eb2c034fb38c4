// Old plugins in today's host: built with the headers of each released version (tests/abi/1.*).
#include "desk.hpp"

#include "support/wait.hpp"

namespace {

class FrozenPlugin : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        for (const auto& [kind, id] : {std::pair{"frozen-", "frozen"}, std::pair{"frozen-c-", "frozen_c"}})
            std::filesystem::copy(std::filesystem::path{BUILD_DIR "/test-packages"} / (kind + GetParam()), folder_ / id,
                                  std::filesystem::copy_options::recursive);
        desk_.emplace(std::vector{folder_});
    }
    void TearDown() override {
        desk_.reset();
        std::filesystem::remove_all(folder_);
    }
    std::filesystem::path make_folder() {
        const auto folder = std::filesystem::temp_directory_path() / ("guichet-frozen-" + GetParam() + "-" + std::to_string(getpid()));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        return folder;
    }
    std::filesystem::path folder_ = make_folder();
    std::optional<web_test::Desk> desk_;
};

TEST_P(FrozenPlugin, CallsEveryTable) {
    const auto out = desk_->browser().get("/frozen?q=deux%20mots");
    ASSERT_EQ(out.status, 200) << out.body;
    EXPECT_EQ(out.header("ETag"), "\"frozen\"");
    EXPECT_EQ(out.integer("n"), 42);
    EXPECT_EQ(out.text("text"), "déjà vu");
    EXPECT_EQ(out.text("at"), "2023-11-14T22:13:20Z");
    EXPECT_TRUE(out.json().get("row")->get("nothing")->is(host::base::Value::Type::null));
    EXPECT_EQ(out.json().get("rows")->size(), 1u);
    EXPECT_EQ(out.text("query"), "deux mots");
    EXPECT_EQ(out.text("plural"), "many");
    EXPECT_EQ(out.text("language"), "fr");
    EXPECT_EQ(out.integer("user"), 0);
    EXPECT_EQ(out.integer("twice"), 42);
    EXPECT_TRUE(out.json().get("list_is_null")->as_bool());
}

TEST_P(FrozenPlugin, ReportsProblems) { EXPECT_EQ(desk_->browser().get("/frozen/refused").status, 422); }

TEST_P(FrozenPlugin, ShowsAWidget) {
    auto browser = desk_->browser();
    ASSERT_EQ(browser.log_in("admin").status, 303);
    EXPECT_TRUE(browser.get("/").contains("&lt;nobody&gt;"));
}

TEST_P(FrozenPlugin, InPlainC) { EXPECT_EQ(desk_->browser().get("/frozen_c").body, "hello from C"); }

using FrozenPlugin11 = FrozenPlugin;

TEST_P(FrozenPlugin11, CallsWhatWasNewThen) {
    const auto out = desk_->browser().get("/frozen");
    ASSERT_EQ(out.status, 200) << out.body;
    EXPECT_EQ(out.text("edited"), "edited");
    EXPECT_EQ(out.text("edited_by"), "frozen");
    EXPECT_TRUE(out.json().get("run_again")->as_bool());
    EXPECT_EQ(out.text("number"), "F23-001");
    EXPECT_EQ(out.text("file"), "content");
    EXPECT_EQ(out.text("file_type"), "text/plain");
    EXPECT_EQ(out.integer("bytes"), 7);
    EXPECT_EQ(out.integer("setting"), 30);
    EXPECT_EQ(out.text("fields"), "colour");
    EXPECT_EQ(out.integer("columns"), 0);
    const auto count = [&](const char* what) { return desk_->browser().get("/frozen/seen").integer(what); };
    EXPECT_EQ(count("after"), 1);
    EXPECT_TRUE(support::wait_until([&] { return count("later") == 1 && count("tick") == 1; }));
    EXPECT_EQ(desk_->count("select count(*) from core.audit where action = 'frozen.done'"), 1);
    auto browser = desk_->browser();
    EXPECT_EQ(browser.post("/frozen/form", {{"acme.escalation.reason", "urgent"}}).json().get("acme.escalation")->get("reason")->as_string(), "urgent");
    ASSERT_EQ(browser.log_in("admin").status, 303);
    EXPECT_TRUE(browser.get("/search?q=tulipe").contains("tulipe"));
}

INSTANTIATE_TEST_SUITE_P(Releases, FrozenPlugin, testing::Values("1.0", "1.1"), [](const auto& release) {
    auto name = release.param;
    std::replace(name.begin(), name.end(), '.', '_');
    return name;
});

INSTANTIATE_TEST_SUITE_P(Releases, FrozenPlugin11, testing::Values("1.1"), [](const auto&) { return "release_1_1"; });

}  // namespace
