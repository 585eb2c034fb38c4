// Two hosts fetch the same mailbox, and one of them is killed again and again: each mail is one ticket (reliability.md T21).
#include "event/process.hpp"
#include "mailbox/desk_of_mail.hpp"

#include <random>
#include <set>

namespace mailbox_test {

namespace {

// GUICHET_TEST_MAILS=1000 for the figure of the design.
int mails_to_send() {
    const char* n = std::getenv("GUICHET_TEST_MAILS");
    return n ? std::atoi(n) : 120;
}

class MailboxCrash : public MailDesk {
protected:
    static std::unique_ptr<host::event_tests::Process> second_host(const Modules& modules) {
        return std::make_unique<host::event_tests::Process>(desk().app->config().database_url, modules.packages().front(), desk().state);
    }
    // What a killed host held is taken over at once; what the other one is at is done by both. What was killed too often is left.
    static void let_leases_end() {
        desk().app->pool().exec("update core.job_run set lease_until = clock_timestamp() - interval '1 s' where state = 'leased'");
        desk().app->pool().exec("update core.job_run set not_before = clock_timestamp() where state = 'ready'");
        retake();
    }
};

}  // namespace

TEST_F(MailboxCrash, T21_two_hosts_one_of_them_killed_again_and_again_make_each_mail_one_ticket) {
    const int mails = mails_to_send();
    const Modules modules;
    for (int i = 0; i < mails; ++i) {
        const auto n = std::to_string(i);
        dovecot().deliver(Mail{.from = "client" + n + "@client.example",
                               .subject = "Demande " + n,
                               .text = "Numéro " + std::string(static_cast<std::size_t>(i % 50), 'n')}
                              .raw());
    }
    std::mt19937 random{21};
    const auto done = [] { return number("select count(*) from mailbox.inbound_mail where state not in ('received', 'deferred')"); };
    const auto start = std::chrono::steady_clock::now();
    int kills = 0;
    while (done() < mails && kills < 200) {
        fetch();
        auto host = second_host(modules);
        ASSERT_TRUE(host->ready());
        const auto before = done();
        support::wait_until([&] { return done() > before + static_cast<std::int64_t>(random() % 20) || done() >= mails; },
                            std::chrono::seconds{5});
        host->end(SIGKILL);
        ++kills;
        let_leases_end();
    }
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    ASSERT_TRUE(wait_until(
        [&] {
            retake();
            return done() >= mails;
        },
        std::chrono::seconds{60}));
    std::cout << mails << " mails, " << kills << " kills, " << seconds << " s\n";
    EXPECT_EQ(tickets(), mails);
    EXPECT_EQ(number("select count(distinct subject) from tickets.ticket"), mails);
    EXPECT_EQ(number("select count(*) from mailbox.inbound_mail"), mails);
    EXPECT_EQ(number("select count(*) from mailbox.inbound_mail where state <> 'done'"), 0)
        << text("select string_agg(distinct state || ': ' || why, '; ') from mailbox.inbound_mail where state <> 'done'");
    EXPECT_GT(kills, 0);
}

}  // namespace mailbox_test
