// What a request is about, as the address of the form says: labels of machines that customers scan.
#include "public_desk.hpp"

#include "plugin/packages.hpp"

namespace {

using namespace public_form_test;

class Reference : public PublicForm {
protected:
    static void SetUpTestSuite() {
        packages_ = std::make_unique<host::plugin_tests::Packages>();
        packages_->add("labels");
        open_desk({std::filesystem::path{BUILD_DIR} / "packages", packages_->path()});
    }
    static void TearDownTestSuite() {
        PublicForm::TearDownTestSuite();
        packages_.reset();
    }
    // Sends the form of this address to where it says; the ticket's id.
    static std::string sent_from(const std::string& address) {
        auto browser = visitor();
        const auto page = browser.get(address);
        const auto answer = browser.post(
            action(page),
            {{"email", "claire@example.org"}, {"subject", "Fuite"}, {"website", ""}, {"form", hidden(page, "form")}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        return scalar("select id from tickets.ticket where ref = '" + ref_in(answer) + "'");
    }
    static std::string action(const Answer& page) {
        auto out = between(page.body, "<form class=\"card\" method=\"post\" action=\"", "\"");
        for (auto at = out.find("&amp;"); at != out.npos; at = out.find("&amp;", at + 1)) out.replace(at, 5, "&");
        return out;
    }
    static std::string received(const std::string& ticket) {
        const auto from = "labels.received where ticket_id = " + ticket;
        EXPECT_TRUE(support::wait_until([&] { return count(from) == 1; })) << ticket;
        return scalar("select reference from " + from);
    }

private:
    static inline std::unique_ptr<host::plugin_tests::Packages> packages_;
};

}  // namespace

TEST_F(Reference, WhatIsNoReferenceIsLeftOut) {
    for (const std::string ref : {"a%20b", "%22%3E%3Cscript%3E", "..%2F..", "%00", "%C3%A9", std::string(65, 'a').c_str(), ""}) {
        auto browser = visitor();
        const auto page = browser.get("/public/new?ref=" + ref);
        if (page.status == 400) continue;  // no address at all
        EXPECT_EQ(page.status, 200) << ref;
        EXPECT_EQ(action(page), "/public/new") << ref;
        EXPECT_FALSE(page.contains("About:")) << ref;
    }
    EXPECT_EQ(received(sent_from("/public/new")), "");
}

TEST_F(Reference, WhatNobodyKnowsIsCarriedAndShowsNothing) {
    const std::string longest(64, '_');
    EXPECT_FALSE(visitor().get("/public/new?ref=" + longest).contains("About:"));
    EXPECT_EQ(received(sent_from("/public/new?ref=" + longest)), longest);
}

TEST_F(Reference, ALabelStandsAboveTheFormAndStaysWithIt) {
    auto browser = visitor();
    const auto page = browser.get("/public/new?ref=PUMP-7&embed=1");
    EXPECT_TRUE(page.contains("About: Pump &lt;7&gt;, cellar")) << page.body;
    const auto again = browser.post(action(page), {{"email", "claire@"}, {"form", hidden(page, "form")}});
    EXPECT_EQ(again.status, 422);
    EXPECT_TRUE(again.contains("About: Pump &lt;7&gt;, cellar"));
    EXPECT_EQ(action(again), "/public/new?embed=1&lang=en&ref=PUMP-7");
    const auto ticket = sent_from("/public/new?ref=PUMP-7");
    EXPECT_EQ(received(ticket), "PUMP-7");
    EXPECT_EQ(count("labels.received where ticket_id = " + ticket), 1);
}
