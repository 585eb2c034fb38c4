// Two service desks that write to each other (reliability.md T23).
#include "mailbox/desk_of_mail.hpp"

namespace mailbox_test {

namespace {

class MailboxLoop : public MailDesk {
protected:
    // What one desk sends is in the other one's mailbox.
    static void connect(Sink& from, const std::string& address, const std::string& user) {
        from.on_content = [address, user](const Sink::Received& mail) {
            if (mail.to.find(address.substr(0, address.find('@'))) == 0 && mail.to.ends_with(address.substr(address.find('@'))))
                dovecot().deliver("Return-Path: <" + mail.from + ">\r\nDelivered-To: " + mail.to + "\r\n" + mail.content, user);
        };
    }
    static bool quiet(Desk& other) {
        const auto sql =
            "select (select count(*) from mailbox.inbound_mail where state = 'received') + (select count(*) from core.mail where state in "
            "('ready', 'leased'))"
            " + (select count(*) from core.delivery where state in ('ready', 'leased'))";
        return number(sql) + other.count(sql) == 0;
    }
};

}  // namespace

TEST_F(MailboxLoop, T23_two_desks_stop_writing_to_each_other) {
    const std::string address = "support@autre.example";
    const Modules modules;
    Sink second_sink;
    Desk second{modules.packages()};
    connect(sink(), address, "other");
    connect(second_sink, kAddress, "sav");
    second.app->pool().exec(
        "insert into core.mail_sender (code, name, address, host, port, security) values ('support', 'Support', $1, '127.0.0.1', $2, "
        "'none')",
        {address, second_sink.port()});
    auto api = second.api();
    const auto made =
        api.post("/api/v1/mailboxes", R"({"name":"Support","from_start":true,"host":"localhost","username":"other","address":")" + address +
                                          R"(","password":")" + dovecot().password + R"(","ca_file":")" + dovecot().certificate() +
                                          R"(","port":)" + std::to_string(dovecot().imaps) + "}");
    ASSERT_EQ(made.status, 201) << made.body;
    second.app->pool().exec("update mailbox.mailbox set validated_at = now(), subaddress = true");

    receive(Mail{.from = "Support <" + address + ">", .subject = "Une question entre services"}.raw());
    const auto arrived = [&] {
        fetch(second);
        return second.count("select count(*) from tickets.ticket") == 1;
    };
    ASSERT_TRUE(wait_until(arrived)) << "the confirmation has arrived there";
    ASSERT_TRUE(wait_until([&] { return quiet(second); }));
    EXPECT_EQ(sink().count(), 1u);
    EXPECT_EQ(second_sink.count(), 0u) << "a confirmation is not confirmed";

    const auto ticket = second.app->pool().exec("select id::text from tickets.ticket").text(0, 0);
    EXPECT_EQ(
        api.post("/api/v1/tickets/" + std::string{ticket} + "/messages", R"({"body":"Qui nous écrit ?","visibility":"public"})").status,
        201);
    ASSERT_TRUE(wait_until([&] { return second_sink.count() == 1; }));
    fetch();
    ASSERT_TRUE(wait_until([] { return number("select count(*) from tickets.message") == 1; }, std::chrono::seconds{60}))
        << "the answer is in the first ticket";
    EXPECT_TRUE(wait_until([&] { return quiet(second); }));
    EXPECT_EQ(tickets(), 1);
    EXPECT_LE(sink().count() + second_sink.count(), 10u);
    second_sink.on_content = nullptr;
    sink().on_content = nullptr;
}

}  // namespace mailbox_test
