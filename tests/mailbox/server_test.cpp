// How servers are spoken to: IMAP, POP3, encryption, certificates, what is typed wrong. Rows S0-14, S2-36.
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

namespace {

class MailboxServer : public MailDesk {
protected:
    static Browser logged_in() {
        auto browser = desk().browser();
        browser.cookies["lang"] = "en";
        EXPECT_EQ(browser.log_in("admin").status, 303);
        return browser;
    }
    // The only other mailbox of a test, with what it changes; the page of the test of its connection.
    static Answer tested(const std::string& changes) {
        auto api = desk().api();
        if (other_ == 0) other_ = add_mailbox("other", R"("active":false)");
        const auto changed = api.patch("/api/v1/mailboxes/" + std::to_string(other_), changes);
        EXPECT_EQ(changed.status, 200) << changed.body;
        auto browser = logged_in();
        browser.get("/admin/mailboxes");
        return browser.post("/admin/mailboxes/" + std::to_string(other_) + "/test", {});
    }
    static std::string port(std::uint16_t n) { return "\"port\":" + std::to_string(n); }
    static inline std::int64_t other_ = 0;
};

}  // namespace

TEST_F(MailboxServer, the_test_of_the_connection_says_at_which_step_it_fails) {
    EXPECT_TRUE(tested("{" + port(dovecot().imaps) + "}").contains("Mails in the folder"));
    const auto password = tested(R"({"password":"faux"})");
    EXPECT_TRUE(password.contains("Login and password"));
    EXPECT_FALSE(password.contains("Mails in the folder"));
    EXPECT_TRUE(password.contains("uthentication failed")) << "the server's words";
    tested(R"({"password":")" + dovecot().password + "\"}");
    EXPECT_FALSE(tested(R"({"folder":"Absent"})").contains("Mails in the folder"));
    EXPECT_TRUE(tested(R"({"folder":"INBOX",)" + port(free_port()) + "}").contains("cannot be reached"));
    tested("{" + port(dovecot().imaps) + "}");
}

TEST_F(MailboxServer, S2_36_a_server_must_be_who_it_says) {
    const auto unknown = tested(R"({"ca_file":""})");
    EXPECT_TRUE(unknown.contains("Encryption and certificate"));
    EXPECT_FALSE(unknown.contains("Login and password")) << "no password goes to a stranger";
    const auto name = tested(R"({"host":"127.0.0.1","ca_file":")" + dovecot().certificate() + "\"}");
    EXPECT_FALSE(name.contains("Login and password")) << "its certificate is for another name";
    EXPECT_TRUE(tested(R"({"host":"localhost"})").contains("Mails in the folder"));
}

TEST_F(MailboxServer, starttls_and_pop3_work_likewise) {
    EXPECT_TRUE(tested(R"({"security":"starttls",)" + port(dovecot().imap) + "}").contains("Mails in the folder"));
    EXPECT_TRUE(tested(R"({"protocol":"pop3","security":"tls",)" + port(dovecot().pop3s) + "}").contains("Mails in the folder"));
    EXPECT_TRUE(tested(R"({"security":"starttls",)" + port(dovecot().pop3) + "}").contains("Mails in the folder"));
    EXPECT_TRUE(tested(R"({"protocol":"imap","security":"none",)" + port(dovecot().imap) + "}").contains("Mails in the folder"))
        << "on this machine only";
    tested(R"({"security":"tls",)" + port(dovecot().imaps) + "}");
}

TEST_F(MailboxServer, pop3_takes_each_mail_once_and_leaves_or_deletes_it) {
    dovecot().deliver(Mail{.text = "était là", .to = "other@guichet.example"}.raw(), "other");
    tested(R"({"protocol":"pop3","from_start":false,"active":true,)" + port(dovecot().pop3s) + "}");
    validate(other_);
    fetch();
    ASSERT_TRUE(wait_until([] { return number("select count(*) from mailbox.left_mail") == 1; }))
        << text("select last_error from mailbox.mailbox where protocol = 'pop3'");
    const auto before = tickets();
    receive(Mail{.text = "nouveau", .to = "other@guichet.example"}.raw(), "other");
    EXPECT_EQ(tickets(), before + 1) << "what was there before stays where it is";
    EXPECT_EQ(dovecot().mails("other").size(), 2u);
    auto api = desk().api();
    api.patch("/api/v1/mailboxes/" + std::to_string(other_), R"({"afterwards":"delete"})");
    receive(Mail{.text = "à effacer", .to = "other@guichet.example"}.raw(), "other");
    EXPECT_EQ(tickets(), before + 2);
    EXPECT_TRUE(wait_until([] { return dovecot().mails("other").size() <= 1; }));
    EXPECT_EQ(
        api.patch("/api/v1/mailboxes/" + std::to_string(other_), R"({"active":false,"protocol":"imap",)" + port(dovecot().imaps) + "}")
            .status,
        200);
}

TEST_F(MailboxServer, a_server_that_is_away_is_asked_later_and_less_often) {
    tested("{\"active\":true," + port(free_port()) + "}");
    fetch();
    const auto row = "where id = " + std::to_string(other_);
    ASSERT_TRUE(wait_until([&] { return number("select failures from mailbox.mailbox " + row) > 0; }));
    EXPECT_GT(number("select count(*) from mailbox.mailbox " + row + " and paused_until > now() + interval '20 seconds'"), 0);
    auto browser = logged_in();
    const auto list = browser.get("/admin/mailboxes");
    EXPECT_TRUE(list.contains("In trouble"));
    EXPECT_TRUE(list.contains("cannot be reached"));
    browser.cookies["lang"] = "fr";
    EXPECT_TRUE(browser.get("/admin/mailboxes").contains("le serveur est injoignable"));
    receive(Mail{.text = "l'autre boîte continue"}.raw());
    tested(R"({"active":false,)" + port(dovecot().imaps) + "}");
}

TEST_F(MailboxServer, a_mail_that_the_server_cannot_read_does_not_keep_back_the_others) {
    const auto above = number("select coalesce(max(id), 0) from mailbox.inbound_mail");
    const auto before = tickets();
    dovecot().deliver(Mail{.text = "devant"}.raw());
    dovecot().deliver_unreadable();
    dovecot().deliver(Mail{.text = "derrière"}.raw());
    ASSERT_TRUE(settle(above, 2)) << text("select last_error from mailbox.mailbox order by id limit 1") << dovecot().log();
    EXPECT_EQ(tickets(), before + 2);
    EXPECT_EQ(text("select last_error from mailbox.mailbox order by id limit 1"), "");
    const auto given_up = "select count(*) from mailbox.inbound_mail where state = 'quarantine' and id > " + std::to_string(above);
    ASSERT_TRUE(wait_until([&] {
        fetch();
        return number(given_up) == 1;
    })) << text("select string_agg(uid || ' ' || attempts, ',') from mailbox.stuck_mail");
    EXPECT_EQ(text("select subject from tickets.ticket order by id desc limit 1"), "Message illisible");
    auto browser = logged_in();
    browser.cookies["lang"] = "fr";
    EXPECT_TRUE(browser.get("/admin/mailboxes/mails?view=quarantine").contains("le serveur ne l’a pas remis"));
    receive(Mail{.text = "et après"}.raw());
    EXPECT_EQ(number(given_up), 1) << "told once";
    EXPECT_EQ(tickets(), before + 4);
}

// IDLE, RFC 2177: nobody asks, and the mail is there.
TEST_F(MailboxServer, a_server_that_can_tell_of_new_mail_is_listened_to) {
    const auto listening = [] { return text("select max(id) from core.job_run where job_id = 'mailbox.fetch' and state = 'leased'"); };
    ASSERT_TRUE(wait_until([&] { return !listening().empty(); }, std::chrono::seconds{30}));
    const auto run = listening();
    const auto before = tickets();
    dovecot().deliver(Mail{.text = "sans qu'on demande"}.raw());
    EXPECT_TRUE(wait_until([&] { return tickets() > before; }, std::chrono::seconds{30}));
    EXPECT_EQ(listening(), run) << "the same run has heard of it";
}

TEST_F(MailboxServer, what_is_typed_wrong_is_said_beside_it_and_nothing_is_stored) {
    auto browser = logged_in();
    browser.get("/admin/mailboxes/new");
    const auto before = number("select count(*) from mailbox.mailbox");
    const auto answer = browser.post("/admin/mailboxes/new", {{"name", ""},
                                                              {"address", "pas une adresse"},
                                                              {"protocol", "imap"},
                                                              {"host", "imap.example.org"},
                                                              {"port", "0"},
                                                              {"security", "none"},
                                                              {"username", ""},
                                                              {"folder", "été"},
                                                              {"afterwards", "move"},
                                                              {"moved_to", ""},
                                                              {"language", "de"},
                                                              {"team_id", "999"},
                                                              {"ticket_type", "NOPE"},
                                                              {"sender", "nobody"}});
    EXPECT_EQ(answer.status, 422);
    for (const auto* message : {"A name is needed.", "This is no e-mail address.", "A port is a number", "Only a server on this machine",
                                "A login is needed.", "Use letters without accents", "Name another folder", "Choose one of these."})
        EXPECT_TRUE(answer.contains(message)) << message;
    EXPECT_TRUE(answer.contains("pas une adresse")) << "what was typed is not lost";
    EXPECT_EQ(number("select count(*) from mailbox.mailbox"), before);
    auto api = desk().api();
    for (const auto* address : {"été@guichet.example", "sav+plus@guichet.example"})
        EXPECT_EQ(api.post("/api/v1/mailboxes", json(address, "sav")).status, 422) << address;
    const auto twice = api.post("/api/v1/mailboxes", json("SAV@guichet.example", "sav"));
    EXPECT_EQ(twice.status, 409) << twice.body;
    EXPECT_EQ(api.del("/api/v1/mailboxes/" + std::to_string(mailbox())).status, 409) << "mails came in through it";
}

TEST_F(MailboxServer, passwords_are_written_and_never_read) {
    auto api = desk().api();
    const auto one = api.get("/api/v1/mailboxes/" + std::to_string(mailbox()));
    EXPECT_EQ(one.body.find("mot de passe"), std::string::npos);
    EXPECT_NE(one.body.find("\"has_password\":true"), std::string::npos) << one.body;
    EXPECT_EQ(text("select password from mailbox.mailbox where id = " + std::to_string(mailbox())).find("mot de passe"), std::string::npos)
        << "sealed";
    auto browser = logged_in();
    EXPECT_FALSE(browser.get("/admin/mailboxes/" + std::to_string(mailbox()) + "/edit").contains(dovecot().password));
    const auto stale = api.patch("/api/v1/mailboxes/" + std::to_string(mailbox()), R"({"name":"x"})", {{"If-Match", "\"v999\""}});
    EXPECT_EQ(stale.status, 412);
}

// What is sealed for one row opens in no other, and not at all once it was changed.
TEST_F(MailboxServer, a_sealed_password_belongs_to_its_mailbox) {
    tested("{" + port(dovecot().imaps) + "}");
    const auto id = std::to_string(other_);
    const auto own = text("select password from mailbox.mailbox where id = " + id);
    for (const auto& foreign :
         {text("select password from mailbox.mailbox where id = " + std::to_string(mailbox())), own + "A", std::string{"x"}}) {
        desk().app->pool().exec("update mailbox.mailbox set password = $1 where id = $2", {foreign, other_});
        const auto page = tested(R"({"folder":"INBOX"})");
        EXPECT_TRUE(page.contains("enter it again")) << foreign;
        EXPECT_FALSE(page.contains("Mails in the folder"));
    }
    EXPECT_TRUE(tested(R"({"password":")" + dovecot().password + "\"}").contains("Mails in the folder")) << "entered again";
}

}  // namespace mailbox_test
