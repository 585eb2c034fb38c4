// What subscriptions get: at least once, in order per subject, whatever happens to the handler or to the host.
#include "event/host.hpp"

namespace host::event_tests {
namespace {

class Deliveries : public EventTest {
protected:
    Deliveries() { host_->enable("log"); }

    std::string seen(std::string_view subject) {
        return std::string{host_->desk.pool.exec("select coalesce(string_agg(order_id || '#' || attempt, ' ' order by place), '') from log.seen"
                                                 " where subject = $1", {subject}).text(0, 0)};
    }
    std::string state(std::int64_t order) {
        return std::string{host_->desk.pool.exec("select d.state || ' ' || d.attempt from core.delivery d join core.outbox o on o.id = d.outbox_id"
                                                 " where o.data->>'id' = $1::text", {std::to_string(order)}).text(0, 0)};
    }
};

}  // namespace

TEST_F(Deliveries, AFailureIsTriedAgainLaterAndWhatItWroteIsGone) {
    EXPECT_EQ(host_->order(1, "third_time"), "ordered");
    ASSERT_TRUE(support::wait_until([&] { return state(1) == "ready 1"; }));
    const auto wait = sql("select extract(epoch from not_before - started_at) from core.delivery").f64(0, 0);
    EXPECT_GE(wait, 15);  // 30 s, half at least
    EXPECT_LE(wait, 60);
    ASSERT_TRUE(settled());
    EXPECT_EQ(seen("order/1"), "1#3");
    EXPECT_EQ(state(1), "done 3");
}

TEST_F(Deliveries, YoungerEventsOfTheSubjectWaitForTheOlderOne) {
    EXPECT_EQ(host_->order(1, "third_time"), "ordered");
    EXPECT_EQ(host_->order(11, "plain"), "ordered");
    EXPECT_EQ(host_->order(2, "plain"), "ordered");
    ASSERT_TRUE(support::wait_until([&] { return seen("order/2") == "2#1"; }));
    EXPECT_EQ(seen("order/1"), "");
    ASSERT_TRUE(settled());
    EXPECT_EQ(seen("order/1"), "1#3 11#1");
}

TEST_F(Deliveries, WhatFailedTooOftenIsDeadAndLetsTheOthersPass) {
    EXPECT_EQ(host_->order(1, "never"), "ordered");
    EXPECT_EQ(host_->order(11, "plain"), "ordered");
    ASSERT_TRUE(settled());
    EXPECT_EQ(state(1), "dead 3");
    EXPECT_EQ(sql("select error from core.delivery where state = 'dead'").text(0, 0), "not now");
    EXPECT_EQ(seen("order/1"), "11#1");
}

TEST_F(Deliveries, HandlersThatThrowHideErrorsOrLeaveTransactionsOpenHaveFailed) {
    for (const auto& [order, item] : std::map<int, std::string>{{1, "throws"}, {2, "hides_error"}, {3, "leaves_open"}})
        EXPECT_EQ(host_->order(order, item), "ordered");
    ASSERT_TRUE(settled());
    EXPECT_EQ(count("core.delivery where state = 'dead' and attempt = 3"), 3);
    EXPECT_EQ(count("log.seen"), 0);
}

TEST_F(Deliveries, TheBacklogOfASwitchedOffPluginIsKept) {
    host_->disable("log");
    EXPECT_EQ(host_->order(1, "plain"), "ordered");
    EXPECT_EQ(host_->order(11, "plain"), "ordered");
    EXPECT_EQ(count("core.delivery where state = 'ready'"), 2);
    host_->enable("log");
    ASSERT_TRUE(settled());
    EXPECT_EQ(seen("order/1"), "1#1 11#1");
}

TEST_F(Deliveries, ANewSubscriptionGetsWhatIsPublishedFromThenOn) {
    sql("delete from core.subscription");
    EXPECT_EQ(host_->order(1, "plain"), "ordered");
    host_->disable("log");
    host_->enable("log");
    EXPECT_EQ(host_->order(2, "plain"), "ordered");
    ASSERT_TRUE(settled());
    EXPECT_EQ(seen("order/1"), "");
    EXPECT_EQ(seen("order/2"), "2#1");
}

TEST_F(Deliveries, WhoLostItsLeaseKeepsNothing) {
    auto lease = host_->desk.pool.acquire();
    lease->begin();
    lease->exec({}, "select pg_advisory_xact_lock(4711)", {});
    EXPECT_EQ(host_->order(1, "waits"), "ordered");
    ASSERT_TRUE(support::wait_until([&] { return state(1) == "leased 1"; }));
    Host other{database_, packages_.path()};  // its first act is to take back what nobody holds any more
    sql("update core.delivery set lease_until = clock_timestamp() - interval '1 s'");
    queue::Queue{other.desk.pool, event::kDeliveries}.expire();
    other.dispatcher.wake();
    ASSERT_TRUE(support::wait_until([&] { return state(1) == "done 2"; }));
    lease->rollback();
    ASSERT_TRUE(support::wait_until([&] { return host_->dispatcher.stats().late == 1; }));
    EXPECT_EQ(seen("order/1"), "1#2");
}

TEST_F(Deliveries, TwoHostsShareTheWorkInOrderAndWithoutDoubles) {
    Host other{database_, packages_.path()};
    for (int i = 1; i <= 300; ++i) {
        EXPECT_EQ((i % 2 ? *host_ : other).order(i, "plain"), "ordered");
        for (auto* host : {host_.get(), &other}) host->dispatcher.wake();
    }
    ASSERT_TRUE(settled());
    EXPECT_EQ(count("log.seen"), 300);
    EXPECT_EQ(count("(select order_id < lag(order_id) over (partition by subject order by place) as wrong from log.seen) s where wrong"), 0);
    EXPECT_GT(host_->dispatcher.stats().done, 0u);
    EXPECT_GT(other.dispatcher.stats().done, 0u);
}

TEST_F(Deliveries, PublishersOfOneSubjectAreHeardInTheOrderOfTheirCommits) {
    std::vector<std::thread> publishers;
    for (int thread = 0; thread < 4; ++thread)
        publishers.emplace_back([&, thread] {
            for (int i = 0; i < 25; ++i) EXPECT_EQ(host_->order((thread * 25 + i + 1) * 10, "plain"), "ordered");
        });
    for (auto& publisher : publishers) publisher.join();
    ASSERT_TRUE(settled());
    EXPECT_EQ(count("log.seen"), 100);
    EXPECT_EQ(count("(select delivery_id < lag(delivery_id) over (order by place) as wrong from log.seen) s where wrong"), 0);
}

}  // namespace host::event_tests
