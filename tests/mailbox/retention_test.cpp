// Originals of mails are personal data: they are kept for as long as the administrator says.
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

namespace {

class MailboxRetention : public MailDesk {
protected:
    static void keep_for(int days) {
        auto& pool = desk().app->pool();
        pool.exec("insert into core.setting (plugin_id, value) values ('mailbox', '{}') on conflict do nothing");
        pool.exec("update core.setting set value = value || jsonb_build_object('keep_originals_days', $1::int) where plugin_id = 'mailbox'",
                  {days});
    }
    static void forget() {
        run(desk(), "mailbox.forget_originals", "{}", "");
        const auto open = "select count(*) from core.job_run where job_id = 'mailbox.forget_originals' and state in ('ready', 'leased')";
        ASSERT_TRUE(wait_until([&] { return number(open) == 0; }));
    }
    static void make_older(std::int64_t mail, int days) {
        desk().app->pool().exec("update mailbox.inbound_mail set done_at = done_at - make_interval(days => $2::int) where id = $1",
                                {mail, days});
    }
    static int raw_status(Browser& browser, std::int64_t mail) {
        return browser.get("/admin/mailboxes/mails/" + std::to_string(mail) + "/raw").status;
    }
};

}  // namespace

TEST_F(MailboxRetention, originals_go_after_the_days_of_the_setting_and_tickets_keep_their_text) {
    const std::string html =
        "From: camille@client.example\r\nTo: sav@guichet.example\r\nSubject: Avec image\r\nMessage-ID: <image@client.example>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        "<p>Voici</p><img src=\"cid:i\">\r\n--b\r\nContent-Type: image/gif\r\nContent-ID: <i>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7\r\n--b--\r\n";
    const auto old = receive(html), young = receive(Mail{.text = "récent"}.raw());
    const auto unreadable = receive(Mail{.from = "moi@localhost", .text = "sans adresse"}.raw());
    ASSERT_EQ(field(unreadable, "state"), "quarantine");
    make_older(old, 40);
    make_older(young, 20);
    desk().app->pool().exec("update mailbox.inbound_mail set done_at = now() - interval '1 year' where id = $1", {unreadable});
    auto browser = desk().browser();
    browser.cookies["lang"] = "en";
    EXPECT_EQ(browser.log_in("admin").status, 303);
    forget();
    EXPECT_EQ(raw_status(browser, old), 200) << "kept for ever unless somebody says otherwise";

    keep_for(30);
    forget();
    EXPECT_EQ(raw_status(browser, old), 404);
    EXPECT_EQ(raw_status(browser, young), 200);
    EXPECT_EQ(raw_status(browser, unreadable), 200) << "nothing was made of it yet";
    EXPECT_EQ(number("select count(*) from mailbox.inline_part where inbound_id = " + std::to_string(old)), 0);
    EXPECT_EQ(field(old, "html_file_id"), "");
    const auto page = browser.get("/mailbox/mails/" + std::to_string(old));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("The original of this mail is not kept any more."));
    EXPECT_FALSE(page.contains("Download the mail"));
    EXPECT_TRUE(browser.get("/tickets/" + field(old, "ticket_id")).contains("Voici"));
    EXPECT_EQ(browser.get("/mailbox/mails/" + std::to_string(old) + "/raw").status, 404);
}

}  // namespace mailbox_test
