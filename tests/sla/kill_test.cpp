// kill -9 of the host while its scheduler acts: every level is fired once, not less and not twice.
// GUICHET_KILLS says how often.
#include "db/pool.hpp"
#include "event/process.hpp"
#include "plugin/packages.hpp"
#include "support/postgres.hpp"

#include <random>
#include <thread>

namespace {

using namespace host;

int kills() {
    const char* wanted = std::getenv("GUICHET_KILLS");
    return wanted ? std::atoi(wanted) : 5;
}

constexpr std::string_view kPolicy =
    "insert into sla.policy (name, position, active, enforce_from, calendar_id, definition) select 'P', 1, true, '2020-01-01', id,"
    R"( '{"resolution": {"amount": 100, "unit": "minutes", "working": false}, "levels": [{"percent": 50, "note": "moitié"}]}'::jsonb from sla.calendar)";
constexpr std::string_view kTickets =
    "insert into tickets.ticket (number, ref, subject, status_id, created_at) select b + n, 'K' || b + n, 'Panne', (select id from "
    "tickets.status where"
    " code = 'NEW'), now() - interval '60 minutes' from generate_series(1, 400) n, (select coalesce(max(number), 0) from tickets.ticket) "
    "m(b)";
constexpr std::string_view kDue =
    "insert into sla.ticket_state (ticket_id, next_at) select id, now() from tickets.ticket on conflict do nothing";
constexpr std::string_view kRun = "insert into core.job_run (job_id, singleton, max_attempts) values ('sla.scheduler', true, 1000)";

TEST(Killed, TheSchedulerFiresEachLevelOnce) {
    const auto url = support::fresh_database();
    const plugin_tests::TemporaryFolder packages, state;
    for (const auto* id : {"directory", "tickets", "sla"})
        std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / id, packages.path() / id);
    const auto start = [&] { return std::make_unique<event_tests::Process>(url, packages.path(), state.path() / "state"); };
    auto desk = start();
    ASSERT_TRUE(desk->ready());
    db::PoolOptions options;
    options.url = url;
    db::Pool pool{options};
    const auto count = [&](const std::string& from) { return pool.exec("select count(*) from " + from).i64(0, 0); };
    pool.exec(kPolicy);
    std::mt19937 random{4711};
    for (int i = 0; i < kills(); ++i) {
        pool.exec(kTickets);
        const auto before = count("sla.escalation");
        pool.exec(kDue);
        pool.exec(kRun);
        ASSERT_TRUE(support::wait_until([&] {
            return count("sla.escalation") > before || count("core.job_run where state = 'leased' and job_id = 'sla.scheduler'") > 0;
        }));
        std::this_thread::sleep_for(std::chrono::milliseconds{random() % 200});  // any moment is as good
        desk->end(SIGKILL);
        pool.exec("update core.job_run set state = 'done' where job_id = 'sla.scheduler'");
        desk = start();
        ASSERT_TRUE(desk->ready());
    }
    pool.exec(kRun);
    ASSERT_TRUE(support::wait_until([&] { return count("sla.ticket_state where next_at <= now()") == 0; }, std::chrono::seconds{60}));
    const auto tickets = count("tickets.ticket");
    EXPECT_EQ(count("sla.escalation where not skipped"), tickets);
    EXPECT_EQ(count("tickets.change where field = 'note'"), tickets) << "what it did";
    EXPECT_EQ(count("(select ticket_id from tickets.change where field = 'note' group by 1 having count(*) > 1) d"), 0);
    EXPECT_EQ(count("core.outbox where event = 'sla.escalated'"), tickets);
    std::cout << kills() << " kills, " << tickets << " levels: each once\n";
}

}  // namespace
