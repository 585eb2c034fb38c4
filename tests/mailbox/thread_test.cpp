// To which ticket a mail belongs, and who may write there: mail.md 3.2, security.md R62, R64.
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

namespace {

class MailboxThread : public MailDesk {
protected:
    struct Conversation {
        std::string ticket, ref;
        std::string reply_to, message_id;  // of what the customer was sent; the id with <>
    };
    // A customer writes, an agent answers, and the answer has left.
    Conversation begin(const std::string& from = "camille@client.example") {
        Conversation out;
        const auto mail = receive(Mail{.from = from,
                                       .subject = "Panne " + std::to_string(++next_),
                                       .text = "Texte " + std::string(static_cast<std::size_t>(next_), 'x')}
                                      .raw());
        out.ticket = field(mail, "ticket_id");
        auto api = desk().api();
        out.ref = api.get("/api/v1/tickets/" + out.ticket).text("ref");
        const auto answered =
            api.post("/api/v1/tickets/" + out.ticket + "/messages", R"({"body":"Nous regardons.","visibility":"public"})");
        EXPECT_EQ(answered.status, 201) << answered.body;
        EXPECT_TRUE(wait_until([&] { return !sent_reply(out.ticket).empty(); })) << "the answer has left";
        const auto reply = sent_reply(out.ticket);
        out.reply_to = header_of(reply, "Reply-To");
        out.message_id = header_of(reply, "Message-ID");
        if (out.message_id.empty()) out.message_id = header_of(reply, "Message-Id");
        return out;
    }
    static std::string sent_reply(const std::string& ticket) {
        const auto id = text(
            "select m.message_id from mailbox.mailing g join core.mail m on m.id = g.mail_id where g.kind = 'reply' and m.state = 'done' "
            "and g.ticket_id = " +
            ticket + " order by g.id desc limit 1");
        for (const auto& mail : sink().received())
            if (!id.empty() && mail.content.find("<" + id + ">") != std::string::npos &&
                mail.content.find("Nous regardons") != std::string::npos)
                return mail.content;
        return {};
    }
    // The mail joined this ticket, as a message.
    static void expect_joined(std::int64_t mail, const Conversation& conversation, const std::string& how) {
        EXPECT_EQ(field(mail, "ticket_id"), conversation.ticket) << how << ": " << field(mail, "why");
        EXPECT_NE(field(mail, "ticket_message_id"), "") << how;
    }
    static void expect_separate(std::int64_t mail, const Conversation& conversation, const std::string& how) {
        EXPECT_EQ(field(mail, "state"), "done") << how << field(mail, "why");
        EXPECT_NE(field(mail, "ticket_id"), conversation.ticket) << how;
        EXPECT_NE(field(mail, "ticket_id"), "") << how;
    }
    static inline int next_ = 0;
};

}  // namespace

TEST_F(MailboxThread, an_answer_is_joined_by_its_address_its_references_or_its_number) {
    const auto c = begin();
    EXPECT_NE(c.reply_to.find("sav+t."), std::string::npos) << c.reply_to;
    const auto before = messages(c.ticket);
    expect_joined(receive(Mail{.subject = "Re: rien", .text = "par l'adresse", .to = c.reply_to}.raw()), c, "address");
    expect_joined(receive(Mail{.subject = "Re: rien", .text = "par l'enveloppe", .headers = "Delivered-To: " + c.reply_to + "\r\n"}.raw()),
                  c, "envelope");
    expect_joined(receive(Mail{.subject = "Re: rien", .text = "par In-Reply-To", .headers = "In-Reply-To: " + c.message_id + "\r\n"}.raw()),
                  c, "In-Reply-To");
    expect_joined(
        receive(
            Mail{.subject = "Re: rien", .text = "par References", .headers = "References: <x@y> " + c.message_id + "\r\n <z@y>\r\n"}.raw()),
        c, "References");
    expect_joined(receive(Mail{.subject = "Re: [#" + c.ref + "] rien", .text = "par le numéro"}.raw()), c, "number");
    EXPECT_EQ(messages(c.ticket), before + 5);
}

TEST_F(MailboxThread, the_customer_goes_on_with_a_mail_of_his_own) {
    const auto first = receive(Mail{.subject = "Suite", .text = "Premier", .id = "<mine.1@client.example>"}.raw());
    const auto second =
        receive(Mail{.subject = "Re: Suite", .text = "Second", .headers = "In-Reply-To: <mine.1@client.example>\r\n"}.raw());
    EXPECT_EQ(field(second, "ticket_id"), field(first, "ticket_id"));
    const auto copied = receive(
        Mail{.subject = "Copie", .text = "Avec copie", .headers = "Cc: collegue@client.example\r\n", .id = "<mine.2@client.example>"}
            .raw());
    const auto colleague = receive(Mail{.from = "collegue@client.example",
                                        .subject = "Re: Copie",
                                        .text = "Je complète",
                                        .headers = "In-Reply-To: <mine.2@client.example>\r\n"}
                                       .raw());
    EXPECT_EQ(field(colleague, "ticket_id"), field(copied, "ticket_id")) << "who was in copy takes part";
}

// R62: 0 of these join.
TEST_F(MailboxThread, R62_mails_of_strangers_join_no_ticket) {
    const auto c = begin();
    const auto before = messages(c.ticket);
    auto forged_address = c.reply_to, forged_id = c.message_id;
    const auto flip = [](std::string text, std::size_t from_end) {
        auto& letter = text[text.find('@') - from_end];
        letter = letter == 'a' ? 'b' : 'a';
        return text;
    };
    std::vector<std::pair<std::string, Mail>> attacks;
    const std::string stranger = "mallory@ailleurs.example";
    const auto add = [&](const std::string& what, Mail mail) {
        mail.text = "attaque " + std::string(attacks.size() + 1, 'z');
        attacks.emplace_back(what, std::move(mail));
    };
    add("valid address, stranger", {.from = stranger, .to = c.reply_to});
    add("valid envelope, stranger", {.from = stranger, .headers = "Delivered-To: " + c.reply_to + "\r\n"});
    add("valid X-Original-To, stranger", {.from = stranger, .headers = "X-Original-To: " + c.reply_to + "\r\n"});
    add("valid Message-ID, stranger", {.from = stranger, .headers = "In-Reply-To: " + c.message_id + "\r\n"});
    add("valid References, stranger", {.from = stranger, .headers = "References: " + c.message_id + "\r\n"});
    add("number, stranger", {.from = stranger, .subject = "Re: [#" + c.ref + "]"});
    add("number alone, participant's name", {.from = "camille@client.example <" + stranger + ">", .subject = "Re: [#" + c.ref + "]"});
    add("name as address, token", {.from = "\"camille@client.example\" <" + stranger + ">", .to = c.reply_to});
    add("encoded name",
        {.from = "=?utf-8?q?camille=40client=2Eexample_=3Ccamille=40client=2Eexample=3E?= <" + stranger + ">", .to = c.reply_to});
    add("Reply-To of the participant", {.from = stranger, .headers = "Reply-To: camille@client.example\r\n", .to = c.reply_to});
    add("Sender of the participant", {.from = stranger, .headers = "Sender: camille@client.example\r\n", .to = c.reply_to});
    add("participant in copy", {.from = stranger, .headers = "Cc: camille@client.example\r\n", .to = c.reply_to});
    add("lookalike domain", {.from = "camille@client.example.attaquant.example", .to = c.reply_to});
    add("subdomain", {.from = "camille@mail.client.example", .to = c.reply_to});
    add("plus of the participant", {.from = "camille+x@client.example", .to = c.reply_to});
    const std::string participant = "camille@client.example";
    for (std::size_t i = 1; i <= 8; ++i) add("altered MAC " + std::to_string(i), {.from = participant, .to = flip(c.reply_to, i)});
    for (std::size_t i = 1; i <= 6; ++i)
        add("altered id " + std::to_string(i), {.from = participant, .headers = "In-Reply-To: " + flip(c.message_id, i) + "\r\n"});
    add("other domain in the id",
        {.from = participant, .headers = "In-Reply-To: " + c.message_id.substr(0, c.message_id.find('@')) + "@ailleurs.example>\r\n"});
    add("token in the text", {.from = participant});
    attacks.back().second.text += " " + c.reply_to + " " + c.message_id + " [#" + c.ref + "]";
    add("number without brackets", {.from = participant, .subject = "Re: " + c.ref});
    add("token as a name", {.from = participant, .to = "\"" + c.reply_to + "\" <sav@guichet.example>"});
    add("bounce address of another mail", {.from = participant, .to = "sav+999999.aaaaaaaaaaaaaaaaaaaa@guichet.example"});
    add("local part only", {.from = participant, .to = c.reply_to.substr(0, c.reply_to.find('.')) + "@guichet.example"});
    add("ticket id in clear", {.from = participant, .to = "sav+t." + c.ticket + "@guichet.example"});
    add("X- header", {.from = participant, .headers = "X-Ticket: " + c.ticket + "\r\nX-Guichet-Ticket: " + c.ref + "\r\n"});
    add("id in Message-ID", {.from = stranger, .id = "<t." + c.ticket + ".1.1.aaaaaaaaaaaaaaaaaaaa@guichet.example>"});
    add("id in Resent headers", {.from = participant, .headers = "Resent-Message-ID: " + c.message_id + "\r\n"});
    add("forwarded to others",
        {.from = participant, .subject = "TR: panne", .headers = "Cc: tiers@ailleurs.example\r\n", .to = c.reply_to});
    ASSERT_GE(attacks.size(), 40u);
    const auto last = number("select max(id) from mailbox.inbound_mail");
    for (const auto& [what, mail] : attacks) dovecot().deliver(mail.raw());
    ASSERT_TRUE(settle(last, attacks.size()));
    EXPECT_EQ(number("select count(*) from mailbox.inbound_mail where ticket_id = " + c.ticket + " and id > " + std::to_string(last)), 0);
    EXPECT_EQ(number("select count(*) from mailbox.inbound_mail where state = 'quarantine' and id > " + std::to_string(last)), 0);
    EXPECT_EQ(messages(c.ticket), before);
    EXPECT_GT(number("select count(*) from mailbox.inbound_mail where hint_ticket_id = " + c.ticket), 5)
        << "agents are told that they may belong together";
}

// R66: an account at a third party, opened in our name, is not handed to who put that party into copy.
TEST_F(MailboxThread, R66_a_machine_in_copy_does_not_join_the_customers_ticket) {
    const auto asked = receive(
        Mail{.subject = "Piège", .text = "piège", .headers = "Cc: no-reply@tiers.example\r\n", .id = "<piege@client.example>"}.raw());
    const auto secret = receive(Mail{.from = "no-reply@tiers.example",
                                     .subject = "Re: Piège",
                                     .text = "Votre code est 1234",
                                     .headers = "In-Reply-To: <piege@client.example>\r\n"}
                                    .raw());
    EXPECT_NE(field(secret, "ticket_id"), field(asked, "ticket_id"));
    EXPECT_EQ(field(secret, "hint_ticket_id"), field(asked, "ticket_id"));
}

// mail.md 3.9: only the word of our own server, and only the topmost one.
TEST_F(MailboxThread, the_sender_is_believed_when_our_own_server_says_so) {
    auto api = desk().api();
    const auto path = "/api/v1/mailboxes/" + std::to_string(mailbox());
    ASSERT_EQ(api.patch(path, R"({"authserv_id":"mx.guichet.example"})").status, 200);
    const auto trust = [](const std::string& headers) {
        static std::string text;
        const auto mail = receive(Mail{.subject = "Confiance", .text = "confiance " + (text += 'c'), .headers = headers}.raw());
        return field(mail, "trust") + (field(mail, "warnings").find("unverified") == std::string::npos ? "" : " unverified");
    };
    const std::string ours =
        "Authentication-Results: mx.guichet.example;\r\n dkim=pass header.d=client.example; dmarc=pass header.from=client.example\r\n";
    const std::string theirs = "Authentication-Results: mx.ailleurs.example; dmarc=pass header.from=client.example\r\n";
    EXPECT_EQ(trust(ours), "1");
    EXPECT_EQ(trust(ours + theirs), "1");
    EXPECT_EQ(trust(theirs + ours), "0 unverified") << "whoever writes above ours";
    EXPECT_EQ(trust(theirs), "0 unverified");
    EXPECT_EQ(trust(""), "0 unverified");
    EXPECT_EQ(trust("Authentication-Results: mx.guichet.example; dmarc=fail (dmarc=pass)\r\n"), "0 unverified");
    EXPECT_EQ(trust("Authentication-Results: mx.guichet.example; spf=pass reason=\"\\; dmarc=pass x; dmarc=pass x\"\r\n"), "0 unverified");
    const auto mail = receive(Mail{.subject = "Vu", .text = "vu"}.raw());
    auto browser = desk().browser();
    browser.cookies["lang"] = "en";
    browser.log_in("admin");
    EXPECT_TRUE(browser.get("/tickets/" + field(mail, "ticket_id")).contains("The sender is not verified"));
    EXPECT_EQ(api.patch(path, R"({"authserv_id":""})").status, 200);
}

TEST_F(MailboxThread, R64_reply_to_changes_nobody_and_is_told) {
    const auto mail = receive(Mail{.subject = "Autre réponse", .headers = "Reply-To: ailleurs@autre.example\r\n"}.raw());
    auto api = desk().api();
    const auto ticket = api.get("/api/v1/tickets/" + field(mail, "ticket_id"));
    EXPECT_EQ(ticket.text("requester_email"), "camille@client.example");
    EXPECT_NE(field(mail, "warnings").find("reply_to ailleurs@autre.example"), std::string::npos) << field(mail, "warnings");
    auto browser = desk().browser();
    browser.log_in("admin");
    EXPECT_TRUE(browser.get("/tickets/" + field(mail, "ticket_id")).contains("ailleurs@autre.example"));
}

TEST_F(MailboxThread, a_deleted_ticket_is_a_new_one_that_says_nothing_of_it) {
    const auto c = begin();
    auto api = desk().api();
    EXPECT_EQ(api.del("/api/v1/tickets/" + c.ticket).status, 204);
    const auto mail = receive(Mail{.subject = "Re: encore", .text = "encore là", .to = c.reply_to}.raw());
    expect_separate(mail, c, "deleted");
    EXPECT_EQ(field(mail, "hint_ticket_id"), "");
}

TEST_F(MailboxThread, a_merged_ticket_is_followed_and_a_closed_one_opened_again) {
    const auto c = begin(), other = begin();
    auto api = desk().api();
    const auto merged = api.post("/api/v1/tickets/" + c.ticket + "/merge", R"({"into":)" + other.ticket + "}");
    ASSERT_EQ(merged.status, 200) << merged.body;
    const auto mail = receive(Mail{.subject = "Re: fusion", .text = "après la fusion", .to = c.reply_to}.raw());
    EXPECT_EQ(field(mail, "ticket_id"), other.ticket);

    ASSERT_EQ(api.post("/api/v1/tickets/" + other.ticket + "/close", "{}").status, 200);
    const auto again = receive(Mail{.subject = "Re: clos", .text = "ce n'est pas fini", .to = other.reply_to}.raw());
    EXPECT_EQ(field(again, "ticket_id"), other.ticket);
    EXPECT_EQ(field(again, "reopened"), "true");
    EXPECT_NE(api.get("/api/v1/tickets/" + other.ticket).text("phase"), "closed");
}

// The first is held in the middle of its transaction, when the second has come in.
TEST_F(MailboxThread, a_mail_and_its_answer_that_are_taken_at_the_same_time_are_one_ticket) {
    auto& pool = desk().app->pool();
    pool.exec(
        "create function hold_ticket() returns trigger language plpgsql as $$ begin"
        " if new.subject = 'Ensemble' then perform pg_advisory_xact_lock(4711); end if; return new; end $$");
    pool.exec("create trigger hold before insert on tickets.ticket for each row execute function hold_ticket()");
    const auto waiting = [](int n) {
        return wait_until([&] { return number("select count(*) from pg_locks where locktype = 'advisory' and not granted") >= n; });
    };
    const auto before = tickets(), above = number("select coalesce(max(id), 0) from mailbox.inbound_mail");
    {
        host::db::Transaction held{pool};
        held.exec("select pg_advisory_xact_lock(4711)");
        dovecot().deliver(
            Mail{.from = "paul@client.example", .subject = "Ensemble", .text = "la question", .id = "<ensemble@client.example>"}.raw());
        fetch();
        EXPECT_TRUE(waiting(1));
        dovecot().deliver(Mail{.from = "paul@client.example",
                               .subject = "Ensemble",
                               .text = "et une précision",
                               .headers = "References: <ensemble@client.example>\r\n"}
                              .raw());
        fetch();
        EXPECT_TRUE(waiting(2));
        held.commit();
    }
    EXPECT_TRUE(settle(above, 2));
    pool.exec("drop function hold_ticket() cascade");
    EXPECT_EQ(tickets(), before + 1);
    EXPECT_EQ(number("select count(distinct ticket_id) from mailbox.inbound_mail where id > " + std::to_string(above)), 1);
}

TEST_F(MailboxThread, an_answer_that_is_read_first_makes_the_ticket_of_both) {
    const auto answer = receive(Mail{.from = "collegue@client.example",
                                     .subject = "Re: Désordre",
                                     .text = "je confirme",
                                     .headers = "In-Reply-To: <desordre@client.example>\r\nCc: camille@client.example\r\n"}
                                    .raw());
    const Mail question{
        .subject = "Désordre", .text = "la question", .headers = "Cc: collegue@client.example\r\n", .id = "<desordre@client.example>"};
    const auto mail = receive(question.raw());
    EXPECT_EQ(field(mail, "ticket_id"), field(answer, "ticket_id")) << field(mail, "why");

    // whoever names a mail that was not meant for him gets nothing of it
    const auto stranger = receive(Mail{.from = "intrus@ailleurs.example",
                                       .subject = "Re: Piège",
                                       .text = "je sais",
                                       .headers = "In-Reply-To: <piege@client.example>\r\nCc: camille@client.example\r\n"}
                                      .raw());
    const auto next = receive(Mail{.subject = "Piège", .text = "confidentiel", .id = "<piege@client.example>"}.raw());
    EXPECT_NE(field(next, "ticket_id"), field(stranger, "ticket_id"));
    EXPECT_EQ(field(next, "state"), "done");
}

TEST_F(MailboxThread, a_ticket_is_opened_again_by_mails_three_times_an_hour) {
    const auto c = begin("marc@client.example");
    auto api = desk().api();
    const std::string words[] = {"toujours rien", "encore en panne", "cela recommence", "décidément non"};
    for (std::size_t i = 0; i < std::size(words); ++i) {
        ASSERT_EQ(api.post("/api/v1/tickets/" + c.ticket + "/close", "{}").status, 200);
        const auto mail = receive(Mail{.from = "marc@client.example", .subject = "Re: clos", .text = words[i], .to = c.reply_to}.raw());
        EXPECT_EQ(field(mail, "ticket_id"), c.ticket) << words[i];
        EXPECT_EQ(field(mail, "reopened"), i < 3 ? "true" : "false") << words[i];
    }
    EXPECT_EQ(api.get("/api/v1/tickets/" + c.ticket).text("phase"), "closed") << "the message is there, the ticket stays";
}

TEST_F(MailboxThread, only_a_ticket_that_is_closed_for_good_has_a_successor) {
    const std::string lea = "lea@client.example";  // others have sent 60 mails within this minute
    const auto c = begin(lea);
    auto& pool = desk().app->pool();
    pool.exec(
        "create function collide() returns trigger language plpgsql as $$ begin"
        " if new.body = 'au même instant' then raise exception 'deadlock detected' using errcode = '40P01'; end if; return new; end $$");
    pool.exec("create trigger collide before insert on tickets.message for each row execute function collide()");
    const auto before = tickets();
    dovecot().deliver(Mail{.from = lea, .subject = "Re: collision", .text = "au même instant", .to = c.reply_to}.raw());
    fetch();
    const auto row = [](const std::string& column) { return field(number("select max(id) from mailbox.inbound_mail"), column); };
    EXPECT_TRUE(wait_until([&] { return row("failures") == "1"; }));
    pool.exec("drop function collide() cascade");
    EXPECT_TRUE(wait_until([&] {
        try_again();
        return row("state") == "done";
    }));
    EXPECT_EQ(row("ticket_id"), c.ticket);
    EXPECT_EQ(tickets(), before);

    pool.exec("insert into core.setting (plugin_id, value) values ('tickets', '{}') on conflict do nothing");
    pool.exec("update core.setting set value = value || '{\"closed_is_final\": true}' where plugin_id = 'tickets'");
    auto api = desk().api();
    ASSERT_EQ(api.post("/api/v1/tickets/" + c.ticket + "/close", "{}").status, 200);
    const auto late = receive(Mail{.from = lea, .subject = "Re: trop tard", .text = "une autre fois", .to = c.reply_to}.raw());
    pool.exec("update core.setting set value = value - 'closed_is_final' where plugin_id = 'tickets'");
    expect_separate(late, c, "closed for good");
}

}  // namespace mailbox_test
