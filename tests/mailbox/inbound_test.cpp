// Mails become tickets and messages: rows S0-14, S2-01, S2-15, S2-36.
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

using MailboxInbound = MailDesk;

TEST_F(MailboxInbound, S2_01_a_mail_becomes_a_ticket_of_its_sender) {
    const auto before = tickets();
    const auto mail = receive(Mail{}.raw());
    EXPECT_EQ(field(mail, "state"), "done") << field(mail, "why");
    ASSERT_EQ(tickets(), before + 1);
    auto api = desk().api();
    const auto ticket = api.get("/api/v1/tickets/" + field(mail, "ticket_id"));
    EXPECT_EQ(ticket.text("subject"), "Imprimante en panne");
    EXPECT_EQ(ticket.text("requester_email"), "camille@client.example") << "S2-15: the author is an address";
    EXPECT_EQ(ticket.text("description"), "Bonjour,\n\nElle ne s'allume plus.");
    EXPECT_EQ(ticket.text("channel"), "email");
}

}  // namespace mailbox_test
