// Mails that cannot be read, are too large, or whose mailbox is not in use yet: none is lost. Row S0-15, mail.md 3.1 point 6.
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

namespace {

class MailboxQuarantine : public MailDesk {
protected:
    static Browser logged_in(const std::string& language = "en") {
        auto browser = desk().browser();
        browser.cookies["lang"] = language;
        EXPECT_EQ(browser.log_in("admin").status, 303);
        return browser;
    }
    // Nested deeper than a message may be (mail.md 3.7).
    static std::string too_deep() {
        std::string out = "From: camille@client.example\r\nTo: sav@guichet.example\r\nSubject: profond\r\nMIME-Version: 1.0\r\n";
        for (int i = 0; i < 200; ++i)
            out += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" + std::to_string(i) + "\r\n";
        return out + "Content-Type: text/plain\r\n\r\nfond\r\n";
    }
    // A mail of which the database takes no ticket, in this way.
    static std::int64_t receive_against(const std::string& refusal) {
        desk().app->pool().exec(
            "create or replace function refuse_ticket() returns trigger language plpgsql security definer as $$ begin if new.subject = "
            "'Refus' then " +
            refusal + "; end if; return new; end $$");
        desk().app->pool().exec(
            "create or replace trigger refuse before insert on tickets.ticket for each row execute function refuse_ticket()");
        const auto before = number("select max(id) from mailbox.inbound_mail");
        dovecot().deliver(Mail{.subject = "Refus", .text = refusal + std::to_string(before)}.raw());
        fetch();
        EXPECT_TRUE(wait_until([&] { return number("select max(id) from mailbox.inbound_mail") > before; }));
        return number("select max(id) from mailbox.inbound_mail");
    }
    // So often; the next attempt is left to wait.
    static bool fails(std::int64_t mail, int times) {
        for (int i = 1; i <= times; ++i) {
            if (i > 1) try_again();
            const auto failed =
                "select count(*) from core.job_run where job_id = 'mailbox.take' and state = 'ready' and attempt = " + std::to_string(i) +
                " and (args->>'id')::bigint = " + std::to_string(mail);
            if (!wait_until([&] { return number(failed) == 1; })) return false;
        }
        return true;
    }
    void TearDown() override { desk().app->pool().exec("drop function if exists refuse_ticket() cascade"); }
};

}  // namespace

TEST_F(MailboxQuarantine, an_unreadable_mail_is_kept_with_one_ticket_and_can_be_tried_again) {
    const auto before = tickets();
    const auto raw = too_deep();
    const auto mail = receive(raw);
    ASSERT_EQ(field(mail, "state"), "quarantine") << field(mail, "why");
    EXPECT_EQ(tickets(), before + 1);
    auto api = desk().api();
    EXPECT_EQ(api.get("/api/v1/tickets/" + field(mail, "ticket_id")).text("subject"), "Message illisible");

    auto browser = logged_in();
    EXPECT_TRUE(browser.get("/admin/mailboxes/mails?view=quarantine").contains("/admin/mailboxes/mails/" + std::to_string(mail)));
    const auto page = "/admin/mailboxes/mails/" + std::to_string(mail);
    EXPECT_EQ(browser.get(page + "/raw").body, raw) << "as it was received";
    EXPECT_EQ(browser.get(page).status, 200);
    EXPECT_EQ(browser.post(page + "/replay", {}).status, 303);
    ASSERT_TRUE(wait_until([&] { return field(mail, "state") == "quarantine" && field(mail, "attempts") == "1"; }));
    EXPECT_EQ(tickets(), before + 1) << "one ticket says so, however often it is tried";
    EXPECT_EQ(browser.post(page + "/drop", {}).status, 303);
    EXPECT_EQ(field(mail, "state"), "dropped");
    EXPECT_NE(browser.post(page + "/replay", {}).header("Location").find("nothing"), std::string::npos);
    EXPECT_EQ(field(mail, "state"), "dropped");
}

TEST_F(MailboxQuarantine, a_sender_that_cannot_be_answered_is_no_reason_to_lose_the_mail) {
    const auto before = tickets();
    const auto mail = receive(Mail{.from = "moi@localhost", .text = "sans adresse"}.raw());
    EXPECT_EQ(field(mail, "state"), "quarantine");
    EXPECT_EQ(tickets(), before + 1);
}

TEST_F(MailboxQuarantine, what_fails_three_times_is_given_up) {
    receive(Mail{.text = "avant"}.raw());
    const auto mail = receive_against("raise exception 'no room for it'");
    EXPECT_TRUE(fails(mail, 2));
    try_again();
    ASSERT_TRUE(wait_until([&] { return field(mail, "state") == "quarantine"; })) << field(mail, "state");
    EXPECT_NE(field(mail, "why").find("no room for it"), std::string::npos) << field(mail, "why");
    EXPECT_EQ(text("select subject from tickets.ticket order by id desc limit 1"), "Message illisible");
}

TEST_F(MailboxQuarantine, a_database_that_is_away_is_not_the_fault_of_the_mail) {
    receive(Mail{.text = "avant"}.raw());
    const auto mail = receive_against("perform pg_terminate_backend(pg_backend_pid())");
    EXPECT_TRUE(fails(mail, 4));
    EXPECT_EQ(field(mail, "state"), "received") << field(mail, "why");
    EXPECT_EQ(field(mail, "failures"), "0");
    desk().app->pool().exec("drop function refuse_ticket() cascade");
    ASSERT_TRUE(wait_until([&] {
        try_again();
        return field(mail, "state") == "done";
    }));
    EXPECT_EQ(field(mail, "attempts"), "1") << "those that failed for a passing reason do not count";
}

// As hosts leave it that were killed: begun nine or ten times, and nothing said.
TEST_F(MailboxQuarantine, a_mail_that_takes_hosts_down_is_given_up_one_day) {
    for (const auto& [begun, state] : {std::pair{"9", "done"}, {"10", "quarantine"}}) {
        const auto mail = receive_against("perform pg_terminate_backend(pg_backend_pid())");
        EXPECT_TRUE(fails(mail, 1));
        desk().app->pool().exec("drop function refuse_ticket() cascade");
        desk().app->pool().exec("update mailbox.inbound_mail set attempts = $2::int where id = $1", {mail, begun});
        ASSERT_TRUE(wait_until([&] {
            try_again();
            return field(mail, "state") == state;
        })) << field(mail, "why");
        EXPECT_EQ(field(mail, "why"),
                  begun == std::string_view{"9"} ? "nothing in it names a ticket" : "it was given up: none of ten attempts came to an end");
    }
}

TEST_F(MailboxQuarantine, only_who_administers_mailboxes_sees_them) {
    desk().add_user("simple", "agent");
    auto browser = desk().browser();
    browser.log_in("simple");
    for (const auto* path : {"/admin/mailboxes", "/admin/mailboxes/mails", "/admin/mailboxes/new", "/admin/mailboxes/mails/1/raw"})
        EXPECT_EQ(browser.get(path).status, 403) << path;
    auto api = desk().api("simple");
    EXPECT_EQ(api.get("/api/v1/mailboxes").status, 403);
}

TEST_F(MailboxQuarantine, S0_15_the_address_is_validated_before_it_is_used) {
    const auto id = add_mailbox("other");
    const auto page = "/admin/mailboxes/" + std::to_string(id);
    const auto before = tickets();
    const auto early = receive(Mail{.text = "trop tôt", .to = "other@guichet.example"}.raw(), "other");
    EXPECT_EQ(field(early, "state"), "deferred");
    EXPECT_EQ(tickets(), before);

    auto browser = logged_in();
    EXPECT_TRUE(browser.get(page).contains("Validate the address"));
    EXPECT_EQ(browser.post(page + "/validate", {}).status, 303);
    const auto is_code = [](const auto& mail) { return mail.to.starts_with("other"); };
    ASSERT_TRUE(wait_until([&] { return std::ranges::count_if(sink().received(), is_code) == 2; }));
    for (const auto& mail : sink().received())
        if (is_code(mail)) dovecot().deliver("Delivered-To: " + mail.to + "\r\n" + mail.content, "other");
    ASSERT_TRUE(wait_until([&] {
        fetch();
        return text("select subaddress from mailbox.mailbox where id = " + std::to_string(id)) == "t";
    }));
    EXPECT_TRUE(browser.get(page).contains("In use"));
    ASSERT_TRUE(wait_until([&] { return field(early, "state") == "done"; })) << "what waited is taken";
    EXPECT_EQ(tickets(), before + 1);

    auto api = desk().api();
    EXPECT_EQ(api.patch("/api/v1/mailboxes/" + std::to_string(id), R"({"address":"encore@guichet.example"})").text("state"), "unvalidated")
        << "another address has to show it again";
    EXPECT_EQ(api.patch("/api/v1/mailboxes/" + std::to_string(id), R"({"active":false})").status, 200);
}

TEST_F(MailboxQuarantine, somebody_elses_code_validates_nothing) {
    auto api = desk().api();
    const auto made = api.post("/api/v1/mailboxes", R"({"name":"x","address":"seule@guichet.example","protocol":"none"})");
    ASSERT_EQ(made.status, 201) << made.body;
    receive(Mail{.text = "code abcdefghjkmnpqrs"}.raw());
    EXPECT_EQ(text("select validated_at from mailbox.mailbox where address = 'seule@guichet.example'"), "");
    EXPECT_EQ(api.del("/api/v1/mailboxes/" + std::to_string(made.integer("id"))).status, 204);
}

}  // namespace mailbox_test
