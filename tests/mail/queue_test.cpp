// The queue: nothing is lost, a refusal is final, a silence is tried again, and a dead worker's mail is taken over (T1, T6, T8).
#include "mail/dispatcher.hpp"
#include "mail/sink.hpp"
#include "plugin/database.hpp"
#include "support/wait.hpp"

#include <csignal>
#include <iostream>
#include <set>
#include <sys/wait.h>

namespace host::mail {
namespace {

using mail_tests::Sink;
using support::wait_until;
using Mode = Sink::Mode;

class MailQueue : public testing::Test {
protected:
    static void SetUpTestSuite() { database_ = std::make_unique<plugin_tests::Database>(); }
    static void TearDownTestSuite() { database_.reset(); }
    void SetUp() override { pool_.exec("with m as (delete from core.mail) delete from core.mail_sender"); }

    void add_sender(const std::string& code, const Sink& sink, const std::string& password = {}) {
        Sender s;
        s.code = code;
        s.name = "Support";
        s.address = code + "@guichet.example";
        s.server = {"127.0.0.1", sink.port(), Server::Security::none, password.empty() ? "" : "user", {}, {}};
        db::Transaction transaction{pool_};
        senders_.save(transaction.connection(), s, password);
        transaction.commit();
    }
    std::int64_t write(const std::string& to = "client@example.org", const std::string& sender = {}, const std::vector<std::int64_t>& files = {},
                       const std::string& return_path = {}) {
        NewMail mail;
        mail.return_path = return_path;
        mail.plugin_id = "tickets";
        mail.template_id = "tickets.test";
        mail.language = "fr";
        mail.sender = sender;
        mail.to_address = to;
        mail.subject = "Bonjour";
        mail.text = "Bonjour";
        mail.html = "<p>Bonjour</p>";
        mail.files = files;
        EXPECT_TRUE(check(mail).empty());
        db::Transaction transaction{pool_};
        const auto id = enqueue(transaction.connection(), mail);
        transaction.commit();
        return id;
    }
    std::string field(std::int64_t id, const std::string& column) {
        return std::string{pool_.exec("select coalesce(" + column + "::text, '') from core.mail where id = $1", {id}).text(0, 0)};
    }
    std::int64_t number(const std::string& sql) { return pool_.exec(sql).i64(0, 0); }
    bool becomes(std::int64_t id, const std::string& column, const std::string& value) {
        return wait_until([&] { return field(id, column) == value; });
    }
    // As if the time until the next attempts had passed.
    void let_time_pass() {
        pool_.exec("update core.mail set not_before = clock_timestamp() where state = 'ready'");
        pool_.exec("update core.mail set lease_until = clock_timestamp() - interval '1 s' where state = 'leased'");
        pool_.exec("update core.mail_sender set paused_until = null");
    }
    static SmtpTimes quick() {
        SmtpTimes times;
        times.step = std::chrono::milliseconds{1500};
        times.total = std::chrono::milliseconds{3000};
        return times;
    }

    static inline std::unique_ptr<plugin_tests::Database> database_;
    plugin_tests::TemporaryFolder folder_;
    db::Pool pool_{plugin_tests::pool_options(database_->url, 10)};
    core::Secrets secrets_{folder_.path() / "secret.key"};
    Senders senders_{pool_, secrets_};
    file::Files files_{folder_.path() / "files"};
};

}  // namespace

TEST_F(MailQueue, is_sent_after_the_commit_and_not_before) {
    Sink sink;
    add_sender("support", sink);
    Dispatcher dispatcher{pool_, senders_, files_, 2, quick()};
    dispatcher.start();
    {
        db::Transaction transaction{pool_};
        NewMail mail{};
        mail.plugin_id = mail.template_id = "x";
        mail.language = "fr";
        mail.to_address = "never@example.org";
        mail.subject = "x";
        enqueue(transaction.connection(), mail);
    }
    const auto id = write();
    dispatcher.wake();
    ASSERT_TRUE(becomes(id, "state", "done"));
    ASSERT_EQ(sink.count(), 1u) << "what was rolled back is not sent";
    EXPECT_EQ(sink.received()[0].from, "support@guichet.example");
    EXPECT_EQ(field(id, "result"), "2xx");
    EXPECT_EQ(field(id, "unanswered"), "0");
    EXPECT_NE(sink.received()[0].content.find("Message-Id: <" + field(id, "message_id") + ">"), std::string::npos);
}

// RFC 5321, 4.4 and 4.5.5: what cannot be delivered comes back to the envelope's sender, and is no mail of its own.
TEST_F(MailQueue, comes_back_to_its_return_path_and_is_marked) {
    NewMail wrong{};
    wrong.to_address = "client@example.org";
    wrong.subject = "x";
    wrong.return_path = "two@example.org, three@example.org";
    ASSERT_EQ(check(wrong).size(), 1u);
    EXPECT_EQ(check(wrong)[0].path, "return_path");

    Sink sink;
    add_sender("support", sink);
    const auto verp = write("client@example.org", {}, {}, "support+b.17.abcd@guichet.example");
    const auto none = write("client@example.org", {}, {}, "<>");
    const auto bounced = [&](std::int64_t id, const std::string& message_id, const std::string& why) {
        db::Transaction transaction{pool_};
        const bool found = note_bounce(transaction.connection(), id, message_id, why);
        transaction.commit();
        return found;
    };
    EXPECT_FALSE(bounced(verp, {}, "too early")) << "what was not sent cannot come back";
    Dispatcher dispatcher{pool_, senders_, files_, 1, quick()};
    dispatcher.start();
    ASSERT_TRUE(becomes(verp, "state", "done"));
    ASSERT_TRUE(becomes(none, "state", "done"));
    std::set<std::string> froms;
    for (const auto& mail : sink.received()) froms.insert(mail.from);
    EXPECT_EQ(froms, (std::set<std::string>{"", "support+b.17.abcd@guichet.example"}));
    EXPECT_TRUE(bounced(verp, {}, "5.1.1 no such user"));
    EXPECT_TRUE(bounced(0, field(none, "message_id"), "5.2.2 mailbox full"));
    EXPECT_FALSE(bounced(0, "unknown@example.org", ""));
    const auto row = pool_.exec("select state, last_error, sent_at is not null from core.mail_v1 where id = $1", {verp});
    EXPECT_EQ(row.text(0, 0), "bounced");
    EXPECT_EQ(row.text(0, 1), "5.1.1 no such user");
    EXPECT_TRUE(row.boolean(0, 2));
}

TEST_F(MailQueue, attachments_are_the_content_of_the_moment_it_was_written) {
    Sink sink;
    add_sender("support", sink);
    std::int64_t file = 0, copy = 0;
    {
        db::Transaction transaction{pool_};
        file = files_.put(transaction.connection(), "tickets", 0, "été.txt", "contenu joint").id;
        EXPECT_FALSE(files_.share(transaction.connection(), "directory", file, "core"));
        copy = *files_.share(transaction.connection(), "tickets", file, "core");
        transaction.commit();
    }
    const auto id = write("client@example.org", {}, {copy});
    {
        db::Transaction transaction{pool_};
        files_.remove(transaction.connection(), "tickets", file);
        transaction.commit();
    }
    EXPECT_EQ(files_.sweep(pool_, std::chrono::seconds{0}), 0u);
    Dispatcher dispatcher{pool_, senders_, files_, 2, quick()};
    dispatcher.start();
    ASSERT_TRUE(becomes(id, "state", "done"));
    EXPECT_NE(sink.received()[0].content.find("Y29udGVudSBqb2ludA=="), std::string::npos) << sink.received()[0].content;
    dispatcher.stop();
    pool_.exec("delete from core.mail");
    EXPECT_EQ(files_.sweep(pool_, std::chrono::seconds{0}), 1u);
}

TEST_F(MailQueue, a_refusal_is_final_and_says_why) {
    Sink sink;
    sink.mode = Mode::permanent_rcpt;
    add_sender("support", sink);
    Dispatcher dispatcher{pool_, senders_, files_, 2, quick()};
    dispatcher.start();
    const auto id = write();
    ASSERT_TRUE(becomes(id, "state", "refused"));
    EXPECT_EQ(field(id, "result"), "5xx");
    EXPECT_EQ(field(id, "error"), "550 no such user");
}

TEST_F(MailQueue, later_is_tried_again_at_most_twelve_times_with_longer_and_longer_pauses) {
    Sink sink;
    sink.mode = Mode::transient_rcpt;
    add_sender("support", sink);
    Dispatcher dispatcher{pool_, senders_, files_, 2, quick()};
    dispatcher.start();
    const auto id = write();
    for (int attempt = 1; attempt <= 12; ++attempt) {
        ASSERT_TRUE(becomes(id, "attempt", std::to_string(attempt)));
        ASSERT_TRUE(becomes(id, "state", attempt < 12 ? "ready" : "dead"));
        const double expected = std::min(6.0 * 3600, 30.0 * (1 << (attempt - 1)));
        const auto pause = pool_.exec("select extract(epoch from not_before - clock_timestamp())::float8 from core.mail where id = $1", {id}).f64(0, 0);
        if (attempt < 12) {
            EXPECT_GE(pause, expected * 0.5 - 20) << attempt;
            EXPECT_LE(pause, expected * 1.5) << attempt;
        }
        let_time_pass();
        dispatcher.wake();
    }
    EXPECT_EQ(field(id, "result"), "4xx");
    EXPECT_EQ(field(id, "error"), "451 greylisted");
    EXPECT_EQ(sink.count(), 0u);
}

TEST_F(MailQueue, a_lost_answer_is_recorded_apart_and_the_second_copy_is_the_same) {
    Sink sink;
    sink.mode = Mode::drop_after_content;
    add_sender("support", sink);
    Dispatcher dispatcher{pool_, senders_, files_, 2, quick()};
    dispatcher.start();
    const auto id = write();
    ASSERT_TRUE(becomes(id, "result", "ambiguous"));
    ASSERT_TRUE(becomes(id, "state", "ready"));
    EXPECT_EQ(field(id, "unanswered"), "1");
    sink.mode = Mode::ok;
    let_time_pass();
    dispatcher.wake();
    ASSERT_TRUE(becomes(id, "state", "done"));
    EXPECT_EQ(field(id, "unanswered"), "1");
    ASSERT_EQ(sink.count(), 2u);
    EXPECT_EQ(sink.received()[0].content, sink.received()[1].content) << "a recipient can see that it is one mail";
}

TEST_F(MailQueue, a_server_that_is_down_is_asked_less_and_holds_up_nobody_else) {
    Sink good, bad;
    bad.mode = Mode::busy;
    add_sender("good", good);
    add_sender("bad", bad);
    std::vector<std::int64_t> waiting;
    for (int i = 0; i < 20; ++i) waiting.push_back(write("client@example.org", "bad"));
    Dispatcher dispatcher{pool_, senders_, files_, 4, quick()};
    dispatcher.start();
    ASSERT_TRUE(wait_until([&] { return number("select count(*) from core.mail_sender where code = 'bad' and paused_until > clock_timestamp()") == 1; }));
    const auto id = write("client@example.org", "good");
    dispatcher.wake();
    ASSERT_TRUE(becomes(id, "state", "done"));
    EXPECT_LE(bad.connections, 5) << "three failures, and what was on its way";
    EXPECT_GE(number("select count(*) from core.mail where sender = 'bad' and attempt = 0"), 15) << "the others have lost no attempt";
    bad.mode = Mode::ok;
    let_time_pass();
    dispatcher.wake();
    ASSERT_TRUE(wait_until([&] {
        let_time_pass();
        return number("select count(*) from core.mail where state <> 'done'") == 0;
    }));
    EXPECT_EQ(number("select failures from core.mail_sender where code = 'bad'"), 0);
}

TEST_F(MailQueue, a_server_that_hangs_holds_up_only_its_own_mail) {
    Sink good, hanging;
    hanging.mode = Mode::silent;
    add_sender("good", good);
    add_sender("hanging", hanging);
    for (int i = 0; i < 10; ++i) write("client@example.org", "hanging");
    SmtpTimes patient;  // of every day, but for the end
    patient.last = std::chrono::milliseconds{200};
    Dispatcher dispatcher{pool_, senders_, files_, 4, patient};
    dispatcher.start();
    ASSERT_TRUE(wait_until([&] { return hanging.connections >= 2; }));
    const auto id = write("client@example.org", "good");
    dispatcher.wake();
    ASSERT_TRUE(becomes(id, "state", "done"));
    EXPECT_EQ(number("select count(*) from core.mail where state = 'leased'"), 2);
    pool_.exec("delete from core.mail_sender where code = 'hanging'");
}

TEST_F(MailQueue, without_a_sender_it_waits_and_goes_when_there_is_one) {
    Dispatcher dispatcher{pool_, senders_, files_, 2, quick()};
    dispatcher.start();
    const auto id = write();
    Sink sink;
    EXPECT_EQ(field(id, "state"), "ready");
    add_sender("support", sink);
    dispatcher.wake();
    EXPECT_TRUE(becomes(id, "state", "done"));
    EXPECT_EQ(field(id, "attempt"), "1");
}

TEST_F(MailQueue, mail_of_a_deleted_sender_is_sent_by_the_default_one) {
    Sink sink;
    add_sender("support", sink);
    add_sender("old", sink);
    const auto id = write("client@example.org", "old");
    db::Transaction transaction{pool_};
    senders_.remove(transaction.connection(), "old");
    transaction.commit();
    Dispatcher dispatcher{pool_, senders_, files_, 2, quick()};
    dispatcher.start();
    ASSERT_TRUE(becomes(id, "state", "done"));
    EXPECT_EQ(sink.received()[0].from, "support@guichet.example");
}

TEST_F(MailQueue, a_password_is_sealed_and_kept_when_no_other_is_given) {
    Sink sink;
    add_sender("support", sink, "très secret");
    EXPECT_EQ(number("select count(*) from core.mail_sender where password like '%secret%'"), 0);
    EXPECT_EQ(senders_.find("support")->server.password, "très secret");
    auto sender = *senders_.find("");
    EXPECT_EQ(sender.code, "support");
    db::Transaction transaction{pool_};
    senders_.save(transaction.connection(), sender, std::nullopt);
    transaction.commit();
    EXPECT_EQ(senders_.find("support")->server.password, "très secret");
    pool_.exec("update core.mail_sender set code = 'thief'");
    EXPECT_EQ(senders_.find("thief")->server.password, "") << "sealed for another place";
}

TEST_F(MailQueue, a_late_worker_changes_nothing) {
    Sink sink;
    sink.mode = Mode::hang_after_content;
    add_sender("support", sink);
    const auto id = write();
    Dispatcher dispatcher{pool_, senders_, files_, 1, quick()};
    dispatcher.start();
    ASSERT_TRUE(wait_until([&] { return sink.count() == 1; }));
    // taken over by another host meanwhile, which is sending it
    pool_.exec("update core.mail set fence = fence + 1, lease_until = clock_timestamp() + interval '60 s' where id = $1", {id});
    ASSERT_TRUE(wait_until([&] { return dispatcher.stats().ambiguous == 1; }));
    dispatcher.stop();
    EXPECT_EQ(field(id, "state"), "leased");
    EXPECT_EQ(field(id, "result"), "");
}

// Workers are killed as they send: at every moment, and always once between the content and the answer.
TEST_F(MailQueue, killed_workers_lose_nothing) {
    constexpr int kMails = 120;
    Sink sink;
    add_sender("support", sink);
    for (int i = 0; i < kMails; ++i) write("client" + std::to_string(i) + "@example.org");
    int kills = 0, on_the_way = 0;
    std::atomic<pid_t> child{0};
    std::atomic<int> kill_after{0};
    sink.on_content = [&](const Sink::Received&) {
        if (kill_after.fetch_sub(1) == 1) {
            kill(child, SIGKILL);
            ++on_the_way;
        }
    };
    const auto left = [&] { return number("select count(*) from core.mail where state in ('ready', 'leased')"); };
    while (left() > 0) {
        ASSERT_LT(kills, 100);
        kill_after = kills % 2 == 0 ? 7 : 1'000'000;
        const auto before = sink.count();
        child = fork();
        if (child == 0) {
            execl(BUILD_DIR "/tests/send-mails", "send-mails", database_->url.c_str(), folder_.path().c_str(), nullptr);
            _exit(127);
        }
        int status = 0;
        if (kills % 2 == 1) {
            wait_until([&] { return sink.count() >= before + 5 || left() == 0; });
            kill(child, SIGKILL);
        } else {
            wait_until([&] { return waitpid(child, &status, WNOHANG) == child || left() == 0; });
            kill(child, SIGKILL);
        }
        waitpid(child, &status, 0);
        ++kills;
        let_time_pass();
        queue::Queue{pool_, kMailQueue}.expire();
    }
    std::map<std::string, int> copies;
    for (const auto& mail : sink.received()) ++copies[mail.to];
    int duplicates = 0, most = 0;
    for (const auto& [to, n] : copies) {
        duplicates += n - 1;
        most = std::max(most, n);
    }
    EXPECT_EQ(copies.size(), static_cast<std::size_t>(kMails)) << "lost";
    EXPECT_EQ(number("select count(*) from core.mail where state = 'done'"), kMails);
    EXPECT_GE(on_the_way, 1);
    EXPECT_LE(duplicates, kills * 2) << "no more than what a killed worker had on its way (two threads at one server)";
    EXPECT_LE(most, 3);
    std::cout << "killed " << kills << " workers, " << kMails << " mails: lost 0, duplicates " << duplicates << ", most copies of one " << most << "\n";
}

}  // namespace host::mail
