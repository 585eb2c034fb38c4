// Many events at once, and a host that is killed while it tells of them: each is told once. GUICHET_BURST says how many;
// scripts/bench_notifications asks for 10,000 and takes the figure.
#include "event/process.hpp"

#include "auth/users.hpp"
#include "db/pool.hpp"
#include "event/dispatcher.hpp"
#include "plugin/packages.hpp"
#include "support/postgres.hpp"

namespace notifications_test {
namespace {

using host::event_tests::Process;

constexpr int kTickets = 200;

int events() {
    const char* wanted = std::getenv("GUICHET_BURST");
    return wanted ? std::atoi(wanted) : 600;
}

class Burst : public testing::Test {
protected:
    Burst() {
        for (const auto* id : {"directory", "tickets", "notifications"})
            std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / id, packages_.path() / id);
        start();
        pool_.exec("insert into core.mail_sender (code, name, address, host, port, security, paused_until)"
                   " values ('desk', 'Desk', 'desk@guichet.example', 'localhost', 1, 'none', 'infinity')");
        const auto made = host::auth::create_user(pool_, {"alice", "Alice", "alice@guichet.example", "un mot de passe long", "agent", ""});
        EXPECT_TRUE(made);
        alice_ = std::to_string(*made);
        pool_.exec("insert into tickets.ticket (number, ref, subject, status_id, assignee_id, created_by) select n, 'B' || n, 'Rafale ' || n,"
                   " (select id from tickets.status order by position limit 1), $1::bigint, $1::bigint from generate_series(1, $2::int) n",
                   {alice_, kTickets});
    }
    void start() {
        host_ = std::make_unique<Process>(url_, packages_.path(), state_.path() / "state");
        ASSERT_TRUE(host_->ready());
    }
    // Alice is given tickets that are hers.
    void publish(int n) {
        pool_.exec("select core.publish('tickets.ticket_updated', 1, 'ticket/' || t.id, jsonb_build_object('id', t.id, 'version', 2, 'changes',"
                   " jsonb_build_array(jsonb_build_object('field', 'assignee', 'from', null, 'to', $1::text))), 0)"
                   " from generate_series(1, $2::int) n join tickets.ticket t on t.id = 1 + n % $3::int",
                   {alice_, n, kTickets});
    }
    std::int64_t count(const std::string& from) { return pool_.exec("select count(*) from " + from).i64(0, 0); }
    bool told(int n) {
        return support::wait_until([&] { return count("notifications.notice") >= n && count("core.delivery where state in ('ready', 'leased')") == 0; },
                                   std::chrono::seconds{240});
    }

    host::plugin_tests::TemporaryFolder packages_, state_;
    const std::string url_ = support::fresh_database();
    host::db::Pool pool_{[this] {
        host::db::PoolOptions options;
        options.url = url_;
        return options;
    }()};
    std::unique_ptr<Process> host_;
    std::string alice_;
};

}  // namespace

TEST_F(Burst, every_event_is_told_once_although_the_host_is_killed) {
    const int n = events();
    const auto begin = std::chrono::steady_clock::now();
    publish(n);
    const auto published = std::chrono::steady_clock::now();
    ASSERT_TRUE(told(n));
    const std::chrono::duration<double> publishing = published - begin, telling = std::chrono::steady_clock::now() - published;
    std::printf("notifications: %d in %.2f s (published in %.2f s): %.0f/s\n", n, telling.count(), publishing.count(), n / telling.count());

    publish(n);
    ASSERT_TRUE(support::wait_until([&] { return count("notifications.notice") > n + n / 10; }, std::chrono::seconds{60}));
    host_->end(SIGKILL);
    start();
    // As if the minute of the lease had passed.
    pool_.exec("update core.delivery set lease_until = clock_timestamp() - interval '1 s' where state = 'leased'");
    host::queue::Queue{pool_, host::event::kDeliveries}.expire();
    ASSERT_TRUE(told(2 * n));
    EXPECT_EQ(count("notifications.notice"), 2 * n);
    EXPECT_EQ(count("core.delivery where state = 'dead'"), 0);

    pool_.exec("insert into core.setting (plugin_id, value) values ('notifications', '{\"collapse_s\": 0}')"
               " on conflict (plugin_id) do update set value = excluded.value");
    pool_.exec("update core.job_run set not_before = clock_timestamp(), lease_until = clock_timestamp() where job_id = 'notifications.mail'"
               " and state in ('ready', 'leased')");
    EXPECT_TRUE(support::wait_until([&] { return count("notifications.notice where mail <> 'done'") == 0; }, std::chrono::seconds{60}));
    EXPECT_GE(count("core.mail"), kTickets);
    EXPECT_LE(count("core.mail"), 2 * n);
}

}  // namespace notifications_test
