// One mail to one server: every way it can go, and that nothing ever goes in the clear that must not (T8).
#include "mail/smtp.hpp"
#include "mail/sink.hpp"

namespace host::mail {
namespace {

using mail_tests::Certificate;
using mail_tests::Sink;
using Kind = Outcome::Kind;
using Mode = Sink::Mode;

const std::string kMime = "Subject: x\r\n\r\nBonjour\r\n.\r\n..deux\r\n.trois\r\nfin\r\n";

SmtpTimes quick() {
    SmtpTimes times;
    times.step = std::chrono::milliseconds{1500};
    times.total = std::chrono::milliseconds{3000};
    return times;
}

Server plain(const Sink& sink) { return {"127.0.0.1", sink.port(), Server::Security::none, {}, {}, {}}; }

Outcome try_one(const Server& server, int* handed_over = nullptr) {
    return send(server, "desk@guichet.example", "client@example.org", kMime, quick(), [&] {
        if (handed_over) ++*handed_over;
    });
}

const Certificate& localhost() {
    static const Certificate certificate{"localhost"};
    return certificate;
}

}  // namespace

TEST(Smtp, arrives_as_it_was_written) {
    Sink sink;
    int handed_over = 0;
    const auto outcome = try_one(plain(sink), &handed_over);
    EXPECT_EQ(outcome.kind, Kind::sent) << outcome.answer;
    EXPECT_EQ(outcome.answer, "250 taken");
    EXPECT_EQ(handed_over, 1);
    ASSERT_EQ(sink.count(), 1u);
    EXPECT_EQ(sink.received()[0].from, "desk@guichet.example");
    EXPECT_EQ(sink.received()[0].to, "client@example.org");
    EXPECT_EQ(sink.received()[0].content, kMime) << "dots at the beginning of a line survive";
}

TEST(Smtp, every_no_is_told_apart) {
    const std::tuple<Mode, Kind, bool, std::string> cases[] = {
        {Mode::busy, Kind::unreachable, false, "too busy"},          {Mode::transient_rcpt, Kind::deferred, false, "greylisted"},
        {Mode::permanent_rcpt, Kind::refused, false, "no such user"}, {Mode::transient_content, Kind::deferred, true, "later"},
        {Mode::permanent_content, Kind::refused, true, "spam"},       {Mode::drop_before_content, Kind::unreachable, false, ""},
        {Mode::drop_after_content, Kind::ambiguous, false, ""},
    };
    for (const auto& [mode, kind, after_content, answer] : cases) {
        Sink sink;
        sink.mode = mode;
        const auto outcome = try_one(plain(sink));
        EXPECT_EQ(outcome.kind, kind) << outcome.answer;
        EXPECT_EQ(outcome.after_content, after_content) << outcome.answer;
        EXPECT_NE(outcome.answer.find(answer), std::string::npos) << outcome.answer;
        for (const char c : outcome.answer) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
    }
}

TEST(Smtp, who_says_nothing_or_never_ends_is_left) {
    Sink sink;
    sink.mode = Mode::silent;
    EXPECT_EQ(try_one(plain(sink)).kind, Kind::unreachable);
    sink.mode = Mode::slow;
    EXPECT_EQ(try_one(plain(sink)).kind, Kind::unreachable) << "each byte comes in time, the whole does not";
    sink.mode = Mode::hang_after_content;
    EXPECT_EQ(try_one(plain(sink)).kind, Kind::ambiguous);
}

TEST(Smtp, nobody_there) {
    Poco::Net::ServerSocket taken{Poco::Net::SocketAddress{"127.0.0.1", 0}};
    const auto port = taken.address().port();
    taken.close();
    EXPECT_EQ(try_one({"127.0.0.1", port, Server::Security::none, {}, {}, {}}).kind, Kind::unreachable);
    EXPECT_EQ(try_one({"no-such-host.invalid", 25, Server::Security::starttls, {}, {}, {}}).kind, Kind::unreachable);
}

TEST(Smtp, without_encryption_only_on_this_machine) {
    const auto outcome = try_one({"192.0.2.1", 25, Server::Security::none, {}, {}, {}});
    EXPECT_EQ(outcome.kind, Kind::unreachable);
    EXPECT_NE(outcome.answer.find("without encryption"), std::string::npos);
}

TEST(Smtp, starttls_and_tls_with_the_right_certificate) {
    for (const bool from_the_start : {false, true}) {
        Sink sink{Sink::Options{.starttls = !from_the_start, .tls = from_the_start, .certificate = &localhost()}};
        const auto security = from_the_start ? Server::Security::tls : Server::Security::starttls;
        const auto outcome = try_one({"localhost", sink.port(), security, {}, {}, localhost().file()});
        EXPECT_EQ(outcome.kind, Kind::sent) << outcome.answer;
        ASSERT_EQ(sink.count(), 1u);
        EXPECT_TRUE(sink.received()[0].encrypted);
    }
}

TEST(Smtp, starttls_that_is_not_offered_is_never_replaced_by_plain_text) {
    Sink sink;  // as it looks when a man in the middle takes STARTTLS out
    const auto outcome = try_one({"localhost", sink.port(), Server::Security::starttls, "user", "secret", localhost().file()});
    EXPECT_EQ(outcome.kind, Kind::unreachable);
    for (const auto& command : sink.commands())
        EXPECT_TRUE(command.starts_with("EHLO") || command == "STARTTLS") << command;
}

TEST(Smtp, a_certificate_that_is_not_trusted_or_of_another_name_ends_it) {
    const Certificate other_name{"other.example"};
    const Certificate other_authority{"localhost"};
    const std::pair<const Certificate*, std::string> cases[] = {{&localhost(), ""}, {&localhost(), other_authority.file()}, {&other_name, other_name.file()}};
    for (const bool from_the_start : {false, true})
        for (const auto& [certificate, trusted] : cases) {
            Sink sink{Sink::Options{.starttls = !from_the_start, .tls = from_the_start, .certificate = certificate}};
            const auto security = from_the_start ? Server::Security::tls : Server::Security::starttls;
            const auto outcome = try_one({"localhost", sink.port(), security, "user", "secret", trusted});
            EXPECT_EQ(outcome.kind, Kind::unreachable) << outcome.answer;
            EXPECT_EQ(sink.count(), 0u);
            for (const auto& command : sink.commands()) EXPECT_FALSE(command.starts_with("AUTH") || command.starts_with("MAIL")) << command;
        }
}

TEST(Smtp, logs_in_when_there_is_a_user_and_says_when_it_is_refused) {
    Sink sink{Sink::Options{.starttls = true, .login = true, .certificate = &localhost()}};
    const Server server{"localhost", sink.port(), Server::Security::starttls, "user", "secret", localhost().file()};
    EXPECT_EQ(try_one(server).kind, Kind::sent);
    sink.mode = Mode::refuse_login;
    const auto outcome = try_one(server);
    EXPECT_EQ(outcome.kind, Kind::unreachable) << "not the fault of this mail";
    EXPECT_NE(outcome.answer.find("535"), std::string::npos) << outcome.answer;
    EXPECT_EQ(outcome.answer.find("secret"), std::string::npos);
}

TEST(Smtp, what_the_caller_throws_before_the_content_ends_leaves_nothing_delivered) {
    Sink sink;
    EXPECT_THROW(send(plain(sink), "a@b.example", "c@d.example", kMime, quick(), [] { throw std::runtime_error{"the lease is lost"}; }), std::runtime_error);
    EXPECT_EQ(sink.count(), 0u);
}

}  // namespace host::mail
