// SPDX-License-Identifier: Apache-2.0
// Unit tests on the fake host: no database, no web server.
#include <boost/json/src.hpp>
#include <gtest/gtest.h>
#include <guichet/testing/host.hpp>
#include <tickets/tickets_v1.h>

namespace {

using guichet::testing::Host;

// Ticket 7 is there for this user, nothing else is.
guichet_status find(void*, guichet_ctx*, int64_t id, guichet_value** out) {
    static guichet_value ticket;
    *out = &ticket;
    return id == 7 ? GUICHET_OK : GUICHET_E_NOT_FOUND;
}
const tickets_tickets_v1 kTickets{{sizeof(tickets_tickets_v1), 1, 0}, find, nullptr};

class Watchlist : public testing::Test {
protected:
    void SetUp() override {
        host.services["tickets.tickets"] = {&kTickets, nullptr};
        host.start(guichet_plugin_main());
    }
    Host host;
};

TEST_F(Watchlist, DoesNotWatchATicketThatIsNotVisible) {
    const auto answer = host.route("toggle", {.method = "POST", .params = {{"id", "8"}}, .form = {{"watch", "yes"}}});
    EXPECT_EQ(answer.result, GUICHET_E_NOT_FOUND);
    EXPECT_TRUE(host.statements.empty());
}

TEST_F(Watchlist, WatchesAndGoesBackToTheTicket) {
    host.answer("insert into watch");
    const auto answer = host.route("toggle", {.method = "POST", .params = {{"id", "7"}}, .form = {{"watch", "yes"}}});
    EXPECT_EQ(answer.result, GUICHET_OK) << answer.message;
    EXPECT_EQ(answer.location, "/tickets/7");
}

TEST_F(Watchlist, DoesNotWatchOnesOwnTicketsWhenTheSettingIsOff) {
    host.settings = {{"watch_own", false}};
    EXPECT_EQ(host.hook("created", {{"id", 7}}, "ticket/7").result, GUICHET_OK);
    EXPECT_TRUE(host.statements.empty());
}

TEST_F(Watchlist, CountsInTheColumnByTicket) {
    host.answer("watchers_v1", {"id", "watchers"}, {{9, 2}, {7, 1}});
    EXPECT_EQ(host.column("watchers", {7, 8, 9}).cells, (std::vector<std::string>{"1", "", "2"}));
}

TEST(AnOlderHost, IsToldApart) {
    Host host{0};
    EXPECT_THROW(host.start(guichet_plugin_main()), std::runtime_error);
}

}  // namespace
