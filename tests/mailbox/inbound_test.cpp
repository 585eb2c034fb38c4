// Mails become tickets and messages: rows S0-14, S2-01, S2-10, S2-15, S2-27, S2-36.
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

TEST_F(MailboxInbound, S2_10_the_exact_address_says_whose_ticket_it_is) {
    auto api = desk().api();
    const auto account = tickets_test::make(api, "accounts", R"({"name":"Boulangerie Martin","type":"customer"})");
    const auto contact = tickets_test::make(
        api, "contacts",
        R"({"account_id":)" + tickets_test::id(account) + R"(,"last_name":"Durand","first_name":"Zoé","email":"Zoe@Boulangerie.example"})");
    const auto known = receive(Mail{.from = "Zoé <zoe@boulangerie.example>"}.raw());
    const auto ticket = api.get("/api/v1/tickets/" + field(known, "ticket_id"));
    EXPECT_EQ(ticket.integer("account_id"), account.integer("id"));
    EXPECT_EQ(ticket.integer("contact_id"), contact.integer("id"));

    const auto second = tickets_test::make(api, "accounts", R"({"name":"Autre","type":"customer","email":"zoe@boulangerie.example"})");
    const auto several = receive(Mail{.from = "zoe@boulangerie.example", .text = "Encore moi"}.raw());
    EXPECT_EQ(api.get("/api/v1/tickets/" + field(several, "ticket_id")).integer("account_id"), -1)
        << "two accounts have it: an agent chooses";
    auto browser = desk().browser();
    browser.cookies["lang"] = "en";
    EXPECT_EQ(browser.log_in("admin").status, 303);
    const auto path = "/tickets/" + field(several, "ticket_id");
    const auto page = browser.get(path);
    EXPECT_TRUE(page.contains("Several customers have this address. Whose is it?"));
    EXPECT_TRUE(page.contains("Zoé Durand") && page.contains("Autre"));
    const auto version = std::to_string(api.get("/api/v1" + path).integer("version"));
    EXPECT_EQ(browser.post(path + "/edit", {{"version", version}, {"account_id", tickets_test::id(second)}}).status, 303);
    EXPECT_EQ(api.get("/api/v1" + path).integer("account_id"), second.integer("id"));
    EXPECT_FALSE(browser.get(path).contains("Several customers have this address"));
    const auto stranger = receive(Mail{.from = "inconnu@ailleurs.example", .text = "Bonjour de loin"}.raw());
    EXPECT_FALSE(browser.get("/tickets/" + field(stranger, "ticket_id")).contains("his address"));
}

TEST_F(MailboxInbound, S2_27_attachments_are_in_the_documents_of_the_ticket) {
    const std::string raw =
        "From: camille@client.example\r\nTo: sav@guichet.example\r\nSubject: =?utf-8?q?Photo_de_l'=C3=A9cran?=\r\nMessage-ID: "
        "<photo@client.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; "
        "charset=utf-8\r\n\r\nVoici.\r\n"
        "--b\r\nContent-Type: text/plain; name=\"journal.txt\"\r\nContent-Disposition: attachment; filename=\"journal.txt\"\r\n\r\nligne "
        "1\r\n--b--\r\n";
    const auto mail = receive(raw);
    ASSERT_EQ(field(mail, "state"), "done") << field(mail, "why");
    auto api = desk().api();
    const auto files = api.get("/api/v1/tickets/" + field(mail, "ticket_id") + "/attachments");
    ASSERT_EQ(tickets_test::items(files).size(), 1u) << files.body;
    EXPECT_EQ(tickets_test::items(files).at(0)->get("name")->as_string(), "journal.txt");
    EXPECT_EQ(api.get("/api/v1/tickets/" + field(mail, "ticket_id")).text("subject"), "Photo de l'écran");
}

TEST_F(MailboxInbound, the_same_mail_again_is_no_second_ticket) {
    const Mail mail{.subject = "Une seule fois", .id = "<once@client.example>"};
    receive(mail.raw());
    const auto before = tickets();
    const auto again = receive(mail.raw());
    EXPECT_EQ(tickets(), before);
    EXPECT_EQ(field(again, "state"), "dropped");
    EXPECT_NE(field(again, "same_as"), "");
    const auto other = receive(Mail{.subject = "Autre chose", .text = "Un autre texte", .id = "<once@client.example>"}.raw());
    EXPECT_EQ(tickets(), before + 1) << "whoever uses the Message-ID of somebody else suppresses nothing (mail.md 3.8)";
    EXPECT_EQ(field(other, "state"), "done");
}

TEST_F(MailboxInbound, mails_without_a_subject_or_text_are_tickets_all_the_same) {
    const auto mail = receive("From: camille@client.example\r\nTo: sav@guichet.example\r\n\r\n");
    ASSERT_EQ(field(mail, "state"), "done") << field(mail, "why");
    auto api = desk().api();
    const auto ticket = api.get("/api/v1/tickets/" + field(mail, "ticket_id"));
    EXPECT_EQ(ticket.text("subject"), "(sans objet)");
    EXPECT_EQ(ticket.text("description"), "(sans texte)");
}

// The raw mail is committed before the server hears of it; afterwards it is marked, moved or deleted there.
TEST_F(MailboxInbound, what_was_taken_is_marked_moved_or_deleted_on_the_server) {
    receive(Mail{.text = "lu"}.raw());
    for (const auto& name : dovecot().mails()) EXPECT_NE(name.find(",S"), std::string::npos) << name << " is marked as read";

    dovecot().make_folder("Traites", "other");
    const auto id = add_mailbox("other", R"("afterwards":"move","moved_to":"Traites")");
    validate(id);
    receive(Mail{.to = "other@guichet.example"}.raw(), "other");
    ASSERT_TRUE(wait_until([] { return dovecot().mails("other", "Traites").size() == 1; }))
        << text("select last_error from mailbox.mailbox order by id desc limit 1");
    EXPECT_TRUE(dovecot().mails("other").empty());

    auto api = desk().api();
    EXPECT_EQ(api.patch("/api/v1/mailboxes/" + std::to_string(id), R"({"afterwards":"delete"})").status, 200);
    receive(Mail{.text = "à effacer", .to = "other@guichet.example"}.raw(), "other");
    EXPECT_TRUE(wait_until([] { return dovecot().mails("other").empty(); }));
    EXPECT_EQ(dovecot().mails("other", "Traites").size(), 1u);
    EXPECT_EQ(api.patch("/api/v1/mailboxes/" + std::to_string(id), R"({"active":false})").status, 200);
}

TEST_F(MailboxInbound, uids_that_begin_again_make_no_mail_twice) {
    receive(Mail{.subject = "Avant"}.raw());
    const auto before = tickets();
    dovecot().forget_uids();
    receive(Mail{.subject = "Après"}.raw());
    EXPECT_TRUE(wait_until([&] { return tickets() > before; }));
    EXPECT_TRUE(wait_until([] { return number("select count(*) from mailbox.inbound_mail where state = 'received'") == 0; }));
    EXPECT_EQ(tickets(), before + 1);
    EXPECT_GE(number("select count(distinct source) from mailbox.inbound_mail"), 2) << "the folder has another UIDVALIDITY";
}

}  // namespace mailbox_test
