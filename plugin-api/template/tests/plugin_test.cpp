#include <boost/json/src.hpp>
#include <gtest/gtest.h>
#include <guichet/testing/host.hpp>

namespace {

class @CLASS@ : public testing::Test {
protected:
    void SetUp() override {
        host.answer("from note", {"text", "created_at"}, {{"Buy paper", 0}});
        host.start(guichet_plugin_main());
    }
    guichet::testing::Host host;
};

TEST_F(@CLASS@, RefusesAnEmptyNoteBesideItsField) {
    const auto answer = host.route("add", {.method = "POST", .form = {{"text", "  "}}});
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.data.at("errors").at("text"), "A note has 1 to 200 characters.");
}

TEST_F(@CLASS@, AddsANoteAndShowsTheList) {
    host.answer("insert into note");
    EXPECT_EQ(host.route("add", {.method = "POST", .form = {{"text", "Buy paper"}}}).location, "/@PATH@");
    EXPECT_EQ(host.route("list").data.at("notes").at(0).at("text"), "Buy paper");
}

}  // namespace
