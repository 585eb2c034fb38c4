// Mails from a mail server on this machine: LMTP (RFC 2033), and all the way through Debian's Postfix.
#include "mailbox/lmtp_server.hpp"
#include "mailbox/postfix.hpp"

namespace mailbox_test {

namespace {

class MailboxLmtp : public MailDesk {
protected:
    static void SetUpTestSuite() {
        MailDesk::SetUpTestSuite();
        modules_ = std::make_unique<Modules>();
        lmtp_ = std::make_unique<LmtpServer>(desk(), *modules_);
    }
    static void TearDownTestSuite() {
        lmtp_.reset();
        modules_.reset();
        MailDesk::TearDownTestSuite();
    }
    static LmtpServer& lmtp() { return *lmtp_; }

    class Talk {
    public:
        Talk() : socket_{Poco::Net::SocketAddress{"127.0.0.1", lmtp().port()}} {
            EXPECT_TRUE(hear().starts_with("220"));
            EXPECT_NE(say("LHLO mail.example").find("SIZE"), std::string::npos);
        }
        std::string say(const std::string& line) {
            socket_.sendMessage(line);
            return hear();
        }
        void send(const std::string& bytes) { socket_.sendString(bytes); }
        std::string hear() {
            std::string line;
            socket_.receiveStatusMessage(line);
            return line;
        }

    private:
        Poco::Net::DialogSocket socket_;
    };
    static std::string of_subject(const std::string& column, const std::string& subject) {
        return text("select " + column + "::text from mailbox.inbound_mail where subject = '" + subject + "'");
    }

private:
    static inline std::unique_ptr<Modules> modules_;
    static inline std::unique_ptr<LmtpServer> lmtp_;
};

}  // namespace

TEST_F(MailboxLmtp, each_recipient_is_answered_for_itself_once_the_mail_is_stored) {
    auto api = desk().api();
    const auto second = api.post("/api/v1/mailboxes", R"({"name":"Achats","address":"achats@guichet.example","protocol":"none"})");
    ASSERT_EQ(second.status, 201) << second.body;
    validate(second.integer("id"));
    Talk talk;
    EXPECT_TRUE(talk.say("RCPT TO:<sav@guichet.example>").starts_with("503"));
    EXPECT_TRUE(talk.say("MAIL FROM:<camille@client.example> SIZE=200 BODY=8BITMIME").starts_with("250"));
    EXPECT_TRUE(talk.say("DATA").starts_with("503")) << "nobody is to get it";
    EXPECT_TRUE(talk.say("RCPT TO:<personne@guichet.example>").starts_with("550 5.1.1"));
    EXPECT_TRUE(talk.say("RCPT TO:<SAV+n.importe@guichet.example>").starts_with("250"));
    EXPECT_TRUE(talk.say("RCPT TO:<achats@guichet.example>").starts_with("250"));
    EXPECT_TRUE(talk.say("DATA").starts_with("354"));
    talk.send(Mail{.subject = "Par LMTP", .text = "..un point au début\n...et ici deux"}.raw());
    EXPECT_TRUE(talk.say(".").starts_with("250"));
    EXPECT_TRUE(talk.hear().starts_with("250"));
    EXPECT_EQ(number("select count(*) from mailbox.inbound_mail where source = 'lmtp'"), 2) << "committed before it was answered";
    EXPECT_TRUE(talk.say("NOOP").starts_with("250"));
    EXPECT_TRUE(talk.say("QUIT").starts_with("221"));
    EXPECT_TRUE(wait_until([] {
        return of_subject("count(*)", "Par LMTP") == "2" &&
               number("select count(*) from mailbox.inbound_mail where state = 'received'") == 0;
    }));
    EXPECT_EQ(number("select count(*) from tickets.ticket where subject = 'Par LMTP'"), 1) << "two mailboxes, one mail";
    EXPECT_EQ(text("select description from tickets.ticket where subject = 'Par LMTP'"), ".un point au début\n..et ici deux");
}

TEST_F(MailboxLmtp, the_same_mail_again_is_stored_once_and_what_is_wrong_is_said) {
    const auto raw = Mail{.subject = "Deux fois", .id = "<deux@client.example>"}.raw();
    for (int i = 0; i < 2; ++i) {
        Talk talk;
        for (const auto* line : {"MAIL FROM:<>", "RCPT TO:<sav@guichet.example>"}) EXPECT_TRUE(talk.say(line).starts_with("250"));
        EXPECT_TRUE(talk.say("DATA").starts_with("354"));
        talk.send(raw);
        EXPECT_TRUE(talk.say(".").starts_with("250"));
    }
    EXPECT_EQ(
        number("select count(*) from mailbox.inbound_mail where source = 'lmtp' and bytes = (select max(bytes) from mailbox.inbound_mail)"),
        1);
    Talk talk;
    EXPECT_TRUE(talk.say("EHLO x").starts_with("500"));
    EXPECT_TRUE(talk.say("MAIL FROM:camille").starts_with("501"));
    EXPECT_TRUE(talk.say("BDAT 3").starts_with("500"));
    EXPECT_TRUE(talk.say(std::string(9000, 'x')).starts_with("500"));
    EXPECT_TRUE(talk.say("MAIL FROM:<a@b.example>").starts_with("250"));
    EXPECT_TRUE(talk.say("RSET").starts_with("250"));
    EXPECT_TRUE(talk.say("MAIL FROM:<a@b.example>").starts_with("250")) << "the first one is forgotten";
}

TEST_F(MailboxLmtp, what_cannot_be_stored_now_is_asked_for_again) {
    auto& pool = desk().app->pool();
    pool.exec("create function refuse_mail() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$");
    pool.exec("create trigger refuse before insert on mailbox.inbound_mail for each row execute function refuse_mail()");
    const auto send = [](Talk& talk) {
        for (const auto* line : {"MAIL FROM:<a@b.example>", "RCPT TO:<sav@guichet.example>"})
            EXPECT_TRUE(talk.say(line).starts_with("250"));
        EXPECT_TRUE(talk.say("DATA").starts_with("354"));
        talk.send(Mail{.subject = "Plus tard", .id = "<plus-tard@client.example>"}.raw());
        return talk.say(".");
    };
    Talk talk;
    const auto refused = send(talk);
    EXPECT_TRUE(refused.starts_with("451")) << refused;
    pool.exec("drop function refuse_mail() cascade");
    EXPECT_TRUE(send(talk).starts_with("250"));
    EXPECT_TRUE(wait_until([] { return of_subject("state", "Plus tard") == "done"; }));
}

// The customer's provider on one side, Guichet on the other, and Postfix between them in both directions.
TEST_F(MailboxLmtp, through_postfix_a_reply_comes_back_into_its_ticket) {
    if (::geteuid() != 0) GTEST_SKIP() << "Postfix is started by root only";
    Sink customers;
    const Postfix postfix{lmtp().port(), customers.port()};
    desk().app->pool().exec("update core.mail_sender set port = $1", {postfix.port});
    const auto to_customers = [&](const std::string& words) {
        std::string found;
        EXPECT_TRUE(wait_until(
            [&] {
                for (const auto& mail : customers.received())
                    if (mail.content.find(words) != std::string::npos) found = mail.content;
                return !found.empty();
            },
            std::chrono::seconds{30}))
            << words << "\n"
            << postfix.log();
        return found;
    };
    const auto said =
        postfix.accept("camille@client.example", "sav@guichet.example", Mail{.subject = "Aller", .text = "Par Postfix."}.raw());
    EXPECT_NE(said.find("250 2.0.0"), std::string::npos) << said;
    ASSERT_TRUE(wait_until([] { return of_subject("state", "Aller") == "done"; }, std::chrono::seconds{30})) << postfix.log();
    const auto ticket = of_subject("ticket_id", "Aller");
    const auto confirmation = to_customers("auto-replied");
    EXPECT_NE(confirmation.find("Return-Path"), 0u);

    auto api = desk().api();
    EXPECT_EQ(api.post("/api/v1/tickets/" + ticket + "/messages", R"({"body":"Nous passons demain.","visibility":"public"})").status, 201);
    const auto reply = to_customers("Nous passons demain");
    const auto reply_to = header_of(reply, "Reply-To");
    ASSERT_NE(reply_to.find("sav+t."), std::string::npos) << reply_to;
    postfix.accept("camille@client.example", reply_to,
                   Mail{.subject = "Re: autre chose", .text = "Merci, à demain.", .to = "sav@guichet.example"}.raw());
    EXPECT_TRUE(wait_until([&] { return of_subject("ticket_id", "Re: autre chose") == ticket; }, std::chrono::seconds{30}))
        << postfix.log();
    EXPECT_NE(of_subject("ticket_message_id", "Re: autre chose"), "") << "by the address that it was delivered to";

    postfix.accept("camille@client.example", "nulle-part@guichet.example", Mail{.subject = "Perdu"}.raw());
    EXPECT_NE(to_customers("nulle-part@guichet.example").find("5.1.1"), std::string::npos) << "who writes to nobody is told by his server";
    desk().app->pool().exec("update core.mail_sender set port = $1", {sink().port()});
}

}  // namespace mailbox_test
