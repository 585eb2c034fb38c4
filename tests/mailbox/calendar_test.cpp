// Mails with a calendar: another module may take them before they become tickets.
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

namespace {

class MailboxCalendar : public MailDesk {
protected:
    static void SetUpTestSuite() { set_up({"diary"}); }

    static std::string with_calendar(const std::string& id, const std::string& calendar, const std::string& charset = "utf-8") {
        return "From: Camille <camille@client.example>\r\nTo: sav@guichet.example\r\nSubject: Rendez-vous " + id + "\r\nMessage-ID: <" +
               id +
               "@client.example>\r\nMIME-Version: 1.0\r\n"
               "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nVoir le "
               "rendez-vous " +
               id + ".\r\n--b\r\nContent-Type: text/calendar; charset=" + charset + "; method=X\r\n\r\nBEGIN:VCALENDAR\r\n" + calendar +
               "END:VCALENDAR\r\n--b--\r\n";
    }
    static std::string noted(std::int64_t mail, const std::string& column) {
        return text("select " + column + "::text from diary.received where mail_id = " + std::to_string(mail));
    }
};

}  // namespace

TEST_F(MailboxCalendar, what_a_module_takes_becomes_no_ticket) {
    const auto before = tickets();
    const auto mail = receive(with_calendar("reponse", "method:reply\r\nBEGIN:VEVENT\r\nSUMMARY:Visite\r\nEND:VEVENT\r\n"));
    EXPECT_EQ(field(mail, "state"), "done");
    EXPECT_EQ(field(mail, "why"), "a calendar took it");
    EXPECT_EQ(field(mail, "ticket_id"), "");
    EXPECT_EQ(tickets(), before);
    EXPECT_EQ(noted(mail, "method"), "REPLY");
    EXPECT_EQ(noted(mail, "sender"), "camille@client.example");
    EXPECT_EQ(noted(mail, "authenticated"), "false") << "nobody vouches for the sender";
    EXPECT_EQ(noted(mail, "calendar"), "BEGIN:VCALENDAR\nmethod:reply\nBEGIN:VEVENT\nSUMMARY:Visite\nEND:VEVENT\nEND:VCALENDAR");
}

TEST_F(MailboxCalendar, what_nobody_takes_is_a_ticket_with_the_invitation_in_it) {
    const auto mail =
        receive(with_calendar("demande", "METHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:\xe9t\xe9\r\nEND:VEVENT\r\n", "iso-8859-1"));
    ASSERT_EQ(field(mail, "state"), "done") << field(mail, "why");
    EXPECT_EQ(noted(mail, "method"), "REQUEST");
    EXPECT_NE(noted(mail, "calendar").find("SUMMARY:été"), std::string::npos);
    auto api = desk().api();
    EXPECT_EQ(tickets_test::items(api.get("/api/v1/tickets/" + field(mail, "ticket_id") + "/attachments")).size(), 1u);
}

// A word of the method inside of a component is not that of the object.
TEST_F(MailboxCalendar, an_object_without_a_method_has_none) {
    const auto mail = receive(with_calendar("fichier", "VERSION:2.0\r\nBEGIN:VEVENT\r\nMETHOD:REPLY\r\nEND:VEVENT\r\n"));
    EXPECT_EQ(noted(mail, "method"), "");
    EXPECT_NE(field(mail, "ticket_id"), "");
}

TEST_F(MailboxCalendar, a_calendar_that_the_module_refuses_is_not_lost) {
    const auto before = number("select coalesce(max(id), 0) from mailbox.inbound_mail");
    dovecot().deliver(with_calendar("faute", "METHOD:REPLY\r\nX-NOTE:FAULTY\r\n"));
    fetch();
    ASSERT_TRUE(wait_until([&] {
        try_again();
        return number("select count(*) from mailbox.inbound_mail where state = 'quarantine' and id > " + std::to_string(before)) == 1;
    }));
    EXPECT_EQ(text("select subject from tickets.ticket order by id desc limit 1"), "Message illisible");
}

TEST_F(MailboxCalendar, the_same_answer_again_is_told_once) {
    const auto raw = with_calendar("deux-fois", "METHOD:REPLY\r\n");
    receive(raw);
    const auto told = number("select count(*) from diary.received");
    const auto again = receive(raw);
    EXPECT_EQ(field(again, "state"), "dropped");
    EXPECT_EQ(number("select count(*) from diary.received"), told);
}

}  // namespace mailbox_test
