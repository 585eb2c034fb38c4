// kill -9 of the host while it publishes and delivers: nothing is lost, nothing twice, nothing out of order.
// GUICHET_KILLS says how often; scripts/bench_events asks for 200.
#include "event/process.hpp"

#include "db/pool.hpp"
#include "event/dispatcher.hpp"
#include "plugin/packages.hpp"
#include "support/postgres.hpp"

#include <atomic>
#include <random>
#include <thread>

namespace host::event_tests {
namespace {

int kills() {
    const char* wanted = std::getenv("GUICHET_KILLS");
    return wanted ? std::atoi(wanted) : 10;
}

// Orders with numbers of their own until told to stop; an order whose answer was lost is not repeated.
class Publishers {
public:
    explicit Publishers(std::atomic<std::uint16_t>& port) {
        for (int i = 0; i < 3; ++i)
            threads_.emplace_back([this, &port] {
                while (!stop_)
                    if (get(port, "/shop/order/" + std::to_string(++next_) + "/plain") == 200) ++confirmed_;
                    else std::this_thread::sleep_for(std::chrono::milliseconds{20});  // nobody is there
            });
    }
    ~Publishers() { stop(); }
    void stop() {
        stop_ = true;
        for (auto& thread : threads_)
            if (thread.joinable()) thread.join();
    }
    int confirmed() const { return confirmed_; }

private:
    std::atomic<bool> stop_{false};
    std::atomic<int> next_{0}, confirmed_{0};
    std::vector<std::thread> threads_;
};

}  // namespace

TEST(Killed, TheHostLosesNothingAndRepeatsNothing) {
    const auto url = support::fresh_database();
    plugin_tests::Packages packages;
    packages.add("shop");
    // A claim counts as an attempt, and here the host dies several times a minute.
    plugin_tests::Packages::replace(packages.add("log") / "plugin.json", "\"max_attempts\": 3", "\"max_attempts\": 100");
    const plugin_tests::TemporaryFolder state;
    db::PoolOptions options;
    options.url = url;
    db::Pool pool{options};
    const auto count = [&](std::string_view from) { return pool.exec("select count(*) from " + std::string{from}).i64(0, 0); };

    auto host = std::make_unique<Process>(url, packages.path(), state.path() / "state");
    ASSERT_TRUE(host->ready());
    std::atomic<std::uint16_t> port{host->port()};
    Publishers publishers{port};
    std::mt19937 random{4711};
    for (int i = 0; i < kills(); ++i) {
        const int before = publishers.confirmed();
        ASSERT_TRUE(support::wait_until([&] { return publishers.confirmed() > before + 20; }));
        std::this_thread::sleep_for(std::chrono::milliseconds{random() % 100});  // any moment is as good
        host->end(SIGKILL);
        host = std::make_unique<Process>(url, packages.path(), state.path() / "state");
        ASSERT_TRUE(host->ready());
        port = host->port();
        // As if the minute of the lease had passed.
        pool.exec("update core.delivery set lease_until = clock_timestamp() - interval '1 s' where state = 'leased'");
        queue::Queue{pool, event::kDeliveries}.expire();
    }
    publishers.stop();
    ASSERT_TRUE(support::wait_until([&] { return count("core.delivery where state in ('ready', 'leased')") == 0; }, std::chrono::seconds{120}));

    EXPECT_GE(count("shop.orders"), publishers.confirmed());
    const auto lost = count("shop.orders o where not exists (select from log.seen s where s.order_id = o.id)");
    const auto invented = count("log.seen s where not exists (select from shop.orders o where o.id = s.order_id)");
    const auto twice = count("(select order_id from log.seen group by order_id having count(*) > 1) d");
    const auto disordered = count("(select delivery_id < lag(delivery_id) over (partition by subject order by place) as wrong from log.seen) s where wrong");
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(invented, 0);
    EXPECT_EQ(twice, 0);
    EXPECT_EQ(disordered, 0);
    EXPECT_EQ(count("core.delivery where state = 'dead'"), 0);
    std::cout << kills() << " kills, " << count("shop.orders") << " events, " << count("core.delivery where attempt > 1") << " delivered at a second attempt: "
              << lost << " lost, " << twice << " twice, " << disordered << " out of order\n";
}

}  // namespace host::event_tests
