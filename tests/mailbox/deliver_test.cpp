// "guichet mail deliver", as a mail server's pipe calls it.
#include "mailbox/desk_of_mail.hpp"

#include <sysexits.h>

namespace mailbox_test {

namespace {

class MailboxDeliver : public MailDesk {
protected:
    static std::filesystem::path output() { return desk().state / "deliver.log"; }
    static std::string said() {
        const auto text = host::base::read_file(output());
        return text ? *text : std::string{};
    }
    static int run(const std::string& arguments, const std::string& mail, const std::string& url = desk().app->config().database_url) {
        const Modules modules;
        const auto command = "GUICHET_DATABASE_URL='" + url + "' GUICHET_STATE='" + desk().state.string() + "' GUICHET_PACKAGES='" +
                             modules.packages().front().string() + "' " BUILD_DIR "/guichet mail deliver " + arguments + " 2>'" +
                             output().string() + "'";
        auto* pipe = ::popen(command.c_str(), "w");
        EXPECT_NE(pipe, nullptr);
        ::fwrite(mail.data(), 1, mail.size(), pipe);
        return WEXITSTATUS(::pclose(pipe));
    }
};

}  // namespace

TEST_F(MailboxDeliver, a_mail_on_standard_input_becomes_a_ticket) {
    const auto mail = Mail{.subject = "Par le tuyau"}.raw();
    EXPECT_EQ(run("--mailbox sav@guichet.example", mail), EX_OK) << said();
    const auto count = [] { return number("select count(*) from tickets.ticket where subject = 'Par le tuyau'"); };
    EXPECT_TRUE(wait_until([&] { return count() == 1; }));
    EXPECT_EQ(run("--mailbox SAV", mail), EX_OK) << "handed over again after a crash";
    EXPECT_EQ(number("select count(*) from mailbox.inbound_mail where source = 'pipe'"), 1);
    EXPECT_EQ(count(), 1);
}

TEST_F(MailboxDeliver, what_cannot_be_stored_now_is_kept_by_who_hands_it_over) {
    EXPECT_EQ(run("--mailbox sav", Mail{}.raw(), "host=/nowhere dbname=none connect_timeout=1"), EX_TEMPFAIL);
    EXPECT_EQ(run("--mailbox inconnue@guichet.example", Mail{}.raw()), EX_TEMPFAIL);
    EXPECT_EQ(run("", Mail{}.raw()), EX_TEMPFAIL);
    EXPECT_EQ(run("--mailbox SAV", ""), EX_TEMPFAIL);
}

}  // namespace mailbox_test
