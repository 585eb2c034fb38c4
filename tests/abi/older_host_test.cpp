// Today's SDK in an older host: its tables end where that version's ended (each is allocated to its last byte, so that
// AddressSanitizer sees a step beyond).
#include <boost/json/src.hpp>
#include <gtest/gtest.h>
#include <guichet/sdk/plugin.hpp>
#include <guichet/testing/host.hpp>

namespace {

using guichet::testing::Host;

// Needs 1.0, and takes what is newer when it is there.
class Careful {
public:
    explicit Careful(guichet::Ctx) {}
    void bind(guichet::Binder& b) { b.route<&Careful::show>("show"), b.route<&Careful::newer>("newer"), b.route<&Careful::newest>("newest"); }

private:
    void show(guichet::Ctx ctx, guichet::Request request) {
        auto out = ctx.object();
        out.set("rows", ctx.exec("select 1").size()).set("uploads", request.upload(0).has_value());
        out.set("extensions", request.extensions());
        request.json(out);
    }
    void newer(guichet::Ctx ctx, guichet::Request request) { request.json(ctx.settings()); }
    void newest(guichet::Ctx ctx, guichet::Request request) {
        request.set_cookie("visit", request.cookie("visit").value_or("none"), 60);
        request.allow_framing("https://www.example.org");
        request.json(ctx.object().set("client", request.client()));
    }
};

TEST(OlderHost, RunsAPluginThatNeedsNoMore) {
    Host host{0};
    host.answer("select 1", {"one"}, {{1}});
    host.start(guichet_plugin_main());
    const auto answer = host.route("show", {.form = {{"acme.field", "x"}}});
    ASSERT_EQ(answer.result, GUICHET_OK) << answer.message;
    EXPECT_EQ(answer.data.at("rows"), 1);
    EXPECT_EQ(answer.data.at("uploads"), false);
    EXPECT_EQ(answer.data.at("extensions").as_object().size(), 0u);
}

TEST(OlderHost, SaysThatItDoesNotHaveWhatIsAsked) {
    Host host{0};
    host.start(guichet_plugin_main());
    EXPECT_EQ(host.route("newer").result, GUICHET_E_UNSUPPORTED);
}

TEST(OlderHost, Of1_2HasNoVisitors) {
    Host host{2};
    host.start(guichet_plugin_main());
    EXPECT_EQ(host.route("newest").result, GUICHET_E_UNSUPPORTED);
}

TEST(TodaysHost, HasVisitors) {
    Host host;
    host.start(guichet_plugin_main());
    const auto answer = host.route("newest", {.cookies = {{"visit", "abc"}}, .client = "198.51.100.7"});
    ASSERT_EQ(answer.result, GUICHET_OK) << answer.message;
    EXPECT_EQ(answer.data.at("client"), "198.51.100.7");
    EXPECT_EQ(answer.cookies.at("visit"), "abc");
    EXPECT_EQ(answer.framed_by, "https://www.example.org");
}

TEST(TodaysHost, GivesTheSamePluginWhatIsNew) {
    Host host;
    host.answer("select 1", {"one"}, {{1}});
    host.uploads = {{"a.txt", "content"}};
    host.start(guichet_plugin_main());
    const auto answer = host.route("show", {.form = {{"acme.field", "x"}}});
    EXPECT_EQ(answer.data.at("uploads"), true);
    EXPECT_EQ(answer.data.at("extensions").at("acme").at("field"), "x");
}

}  // namespace

GUICHET_PLUGIN(Careful, "careful", "1.0.0")
