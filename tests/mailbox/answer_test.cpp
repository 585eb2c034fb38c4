// What leaves to customers, and what comes back: mail.md 3.2 (outgoing), 3.3, 3.4; security.md R58, R65.
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

namespace {

class MailboxAnswer : public MailDesk {
protected:
    static std::string path(const std::string& ticket) { return "/api/v1/tickets/" + ticket; }
    static std::string next_text() { return "Une question de plus " + std::string(static_cast<std::size_t>(++next_), 'q'); }
    static std::string ticket_of(const std::string& from, const std::string& headers = {}) {
        return field(receive(Mail{.from = from, .subject = "Question", .text = next_text(), .headers = headers}.raw()), "ticket_id");
    }
    static void reply(const std::string& ticket, const std::string& body) {
        auto api = desk().api();
        const auto answer = api.post(path(ticket) + "/messages", R"({"body":")" + body + R"(","visibility":"public"})");
        EXPECT_EQ(answer.status, 201) << answer.body;
    }
    static Sink::Received sent(const std::string& contained) {
        Sink::Received found;
        EXPECT_TRUE(wait_until([&] {
            for (const auto& mail : sink().received())
                if (mail.content.find(contained) != std::string::npos) found = mail;
            return !found.content.empty();
        })) << contained;
        return found;
    }
    static std::int64_t automatic_to(const std::string& address) {
        return number("select count(*) from mailbox.mailing where automatic and recipient = '" + address + "'");
    }
    // Whatever will be confirmed has been.
    static void wait_for_confirmations() {
        EXPECT_TRUE(wait_until([] {
            return number(
                       "select count(*) from core.outbox o join core.delivery d on d.outbox_id = o.id where d.state in ('ready', "
                       "'leased')") == 0;
        }));
    }
    static inline int next_ = 0;
};

std::string bounce(const std::string& to, const std::string& recipient, const std::string& status, const std::string& action = "failed",
                   const std::string& original = {}) {
    static int next = 0;
    return "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example (Mail Delivery System)\r\nTo: " + to + "\r\nDelivered-To: " + to +
           "\r\nSubject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMessage-ID: <bounce." +
           std::to_string(++next) +
           "@mx.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n"
           "Content-Type: text/plain\r\n\r\nI'm sorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; "
           "mx.example\r\n\r\n"
           "Final-Recipient: rfc822; " +
           recipient + "\r\nAction: " + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; 550 " + status +
           " User unknown\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: sav@guichet.example\r\n" +
           (original.empty() ? "" : "Message-ID: " + original + "\r\n") + "\r\n--b--\r\n";
}

}  // namespace

TEST_F(MailboxAnswer, S2_36_a_reply_can_be_answered_and_comes_back_to_us) {
    const auto ticket =
        field(receive(Mail{.from = "alice@client.example", .text = next_text(), .id = "<alice.1@client.example>"}.raw()), "ticket_id");
    reply(ticket, "Avez-vous vérifié la prise ?");
    const auto mail = sent("rifi");
    EXPECT_EQ(header_of(mail.content, "To"), "alice@client.example");
    EXPECT_NE(header_of(mail.content, "From").find(kAddress), std::string::npos);
    EXPECT_EQ(header_of(mail.content, "Reply-To").find("sav+t."), 0u);
    EXPECT_EQ(header_of(mail.content, "In-Reply-To"), "<alice.1@client.example>");
    EXPECT_NE(header_of(mail.content, "References").find("<alice.1@client.example>"), std::string::npos);
    EXPECT_NE(mail.content.find("<t." + ticket + "."), std::string::npos) << "our Message-ID";
    EXPECT_EQ(mail.from.find("sav+"), 0u) << mail.from << ": what cannot be delivered comes back with the mail's name";
    EXPECT_EQ(header_of(mail.content, "Auto-Submitted"), "no") << "a person's words are no machine's";
    EXPECT_EQ(header_of(mail.content, "X-Auto-Response-Suppress"), "");
    EXPECT_NE(header_of(mail.content, "X-Loop"), "");
}

TEST_F(MailboxAnswer, a_confirmation_is_marked_as_automatic_and_comes_back_to_nobody) {
    const auto ticket = ticket_of("bruno@client.example");
    ASSERT_TRUE(wait_until([] { return automatic_to("bruno@client.example") == 1; }));
    const auto id = text("select mail_message_id from mailbox.mailing where recipient = 'bruno@client.example'");
    const auto mail = sent(id);
    EXPECT_EQ(mail.from, "");
    EXPECT_EQ(header_of(mail.content, "Auto-Submitted"), "auto-replied");
    EXPECT_EQ(header_of(mail.content, "X-Auto-Response-Suppress"), "All");
    EXPECT_EQ(mail.content.find("Une question de plus"), std::string::npos) << "R58: nothing that the sender chose goes to somebody else";
}

TEST_F(MailboxAnswer, machines_get_no_confirmation) {
    for (const auto* headers : {"Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "List-Id: <l.example>\r\n",
                                "X-Autoreply: yes\r\n", "Return-Path: <>\r\n"})
        ticket_of("machine@client.example", headers);
    ticket_of("humain@client.example", "Auto-Submitted: no\r\n");
    ASSERT_TRUE(wait_until([] { return automatic_to("humain@client.example") == 1; }));
    wait_for_confirmations();
    EXPECT_EQ(automatic_to("machine@client.example"), 0);
}

TEST_F(MailboxAnswer, our_own_mail_that_comes_back_is_left_out) {
    reply(ticket_of("chloe@client.example"), "Boucle un");
    const auto mail = sent("Boucle un");
    const auto before = tickets();
    const auto loop = receive(mail.content);
    EXPECT_EQ(field(loop, "state"), "dropped");
    EXPECT_EQ(field(loop, "class"), "loop");
    const auto own = receive(Mail{.from = kAddress, .text = next_text()}.raw());
    EXPECT_EQ(field(own, "state"), "dropped") << "our address is no requester";
    EXPECT_EQ(tickets(), before);
}

// R65: a responder that carries no mark, changes its Message-ID and forges Reply-To.
TEST_F(MailboxAnswer, R65_a_responder_without_marks_is_stopped) {
    const std::string robot = "robot@client.example";
    const auto before = tickets();
    std::string headers, to = kAddress;
    int exchanged = 0;
    for (int i = 0; i < 40; ++i, ++exchanged) {
        const auto mail = receive(Mail{.from = robot,
                                       .subject = "Merci de votre message " + std::to_string(i),
                                       .text = "Je suis absent jusqu'au " + std::to_string(i) + ".",
                                       .headers = headers + "Reply-To: ailleurs" + std::to_string(i) + "@client.example\r\n",
                                       .to = to}
                                      .raw());
        if (field(mail, "state") == "quarantine") break;
        const auto ticket = field(mail, "ticket_id");
        if (i == 0) {
            ASSERT_TRUE(wait_until([&] { return automatic_to(robot) == 1; }));
            const auto answer = sent(text("select mail_message_id from mailbox.mailing where recipient = '" + robot + "'"));
            to = header_of(answer.content, "Reply-To");
        }
        headers = "In-Reply-To: <" + text("select mail_message_id from mailbox.mailing where ticket_id = " + ticket) + ">\r\n";
    }
    wait_for_confirmations();
    EXPECT_LE(exchanged, 20) << "the conversation is parked";
    EXPECT_EQ(automatic_to(robot), 1);
    EXPECT_EQ(tickets(), before + 1);
    EXPECT_GT(number("select count(*) from mailbox.parked where sender = '" + robot + "'"), 0);
}

TEST_F(MailboxAnswer, nobody_gets_more_than_five_automatic_mails_a_day) {
    for (int i = 0; i < 8; ++i) ticket_of("bavard@client.example");
    wait_for_confirmations();
    EXPECT_EQ(automatic_to("bavard@client.example"), 5);
}

// Row by row: the return path, the original Message-ID, the recipient.
TEST_F(MailboxAnswer, a_bounce_is_told_on_the_message_and_makes_no_ticket_and_no_mail) {
    const auto ticket = ticket_of("partie@client.example");
    reply(ticket, "Retour par le chemin");
    const auto mail = sent("Retour par le chemin");
    wait_for_confirmations();
    const auto before = tickets();
    const auto out = number("select count(*) from core.mail");
    const auto returned = receive(bounce(mail.from, "partie@client.example", "5.1.1"));
    EXPECT_EQ(field(returned, "class"), "bounce");
    EXPECT_EQ(field(returned, "state"), "done");
    EXPECT_EQ(tickets(), before);
    EXPECT_EQ(number("select count(*) from core.mail"), out);
    EXPECT_EQ(text("select state from core.mail_v1 where message_id = '" +
                   text("select mail_message_id from mailbox.mailing where kind = 'reply' and ticket_id = " + ticket) + "'"),
              "bounced");
    auto browser = desk().browser();
    browser.cookies["lang"] = "fr";
    browser.log_in("admin");
    EXPECT_TRUE(browser.get("/tickets/" + ticket).contains("est revenu"));
    EXPECT_EQ(
        number("select count(*) from mailbox.bounced_address where address = 'partie@client.example' and undeliverable_at is not null"), 1);

    ticket_of("partie@client.example");
    wait_for_confirmations();
    EXPECT_EQ(number("select count(*) from mailbox.mailing where recipient = 'partie@client.example' and kind = 'confirmation'"), 1)
        << "nothing automatic goes there";
}

TEST_F(MailboxAnswer, a_forged_return_path_marks_no_mail) {
    const auto ticket = ticket_of("cible@client.example");
    reply(ticket, "Ne pas toucher");
    auto path = sent("Ne pas toucher").from;
    auto& letter = path[path.find('@') - 1];
    letter = letter == 'a' ? 'b' : 'a';
    receive(bounce(path, "autre@client.example", "5.1.1", "failed", "<inconnu@guichet.example>"));
    EXPECT_EQ(number("select count(*) from mailbox.mailing where ticket_id = " + ticket + " and bounced_at is not null"), 0);
}

TEST_F(MailboxAnswer, a_late_mail_is_no_bounce_and_three_refusals_in_a_week_are) {
    const auto ticket = ticket_of("lent@client.example");
    reply(ticket, "Bientôt");
    const auto mail = sent("Bient");
    receive(bounce(mail.from, "lent@client.example", "4.4.1", "delayed"));
    EXPECT_EQ(number("select count(*) from mailbox.mailing where ticket_id = " + ticket + " and bounced_at is not null"), 0);
    const auto dead = [] {
        return number(
            "select count(*) from mailbox.bounced_address where address = 'lent@client.example' and undeliverable_at is not null");
    };
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(dead(), 0) << i;
        receive(bounce(mail.from, "lent@client.example", "5.2.2"));
    }
    EXPECT_EQ(dead(), 1);
}

}  // namespace mailbox_test
