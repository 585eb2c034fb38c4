// Invitations, answers and reminders, over a real mail server.
#include "calendar/ical.hpp"
#include "mailbox/desk_of_mail.hpp"

#include <Poco/Base64Decoder.h>

namespace calendar_test {

using tickets_test::id;
using tickets_test::make;
using web_test::Answer;

class CalendarMail : public mailbox_test::MailDesk {
protected:
    static void SetUpTestSuite() {
        std::error_code there_already;
        std::filesystem::create_directory_symlink(std::filesystem::path{BUILD_DIR} / "packages" / "calendar",
                                                  host::plugin_tests::built("calendar"), there_already);
        set_up({"calendar"});
        desk().add_user("alice");
        desk().add_user("bob");
        sql("update core.app_user set language = 'fr' where login = 'bob'");
        sql("insert into core.setting (plugin_id, value) values ('calendar', '{\"answer_address\": \"sav@guichet.example\"}')");
    }
    void SetUp() override { sql("delete from calendar.event"); }

    static void sql(const std::string& statement) { desk().app->pool().exec(statement); }
    static std::string user(const std::string& login) { return text("select id from core.app_user where login = '" + login + "'"); }
    static std::string day(int days) {
        return text("select to_char(now() at time zone 'UTC' + interval '" + std::to_string(days) + " days', 'YYYY-MM-DD')");
    }
    static Answer invite(const std::string& attendees, const std::string& more = {}) {
        auto api = desk().api("alice");
        return make(api, "calendar/events",
                    R"({"title":"Revue","place":"Salle 2","description":"**Ordre** du jour","starts_at":")" + day(3) +
                        R"(T09:00:00Z","ends_at":")" + day(3) + R"(T10:00:00Z","attendees":[)" + attendees + "]" +
                        (more.empty() ? "" : "," + more) + "}");
    }
    static Answer change(const Answer& event, const std::string& json) {
        auto api = desk().api("alice");
        auto answer = api.patch("/api/v1/calendar/events/" + id(event), json);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer;
    }
    // Mails so far to an address, once there are so many.
    static std::vector<std::string> mails(const std::string& to, std::size_t wanted) {
        std::vector<std::string> out;
        EXPECT_TRUE(support::wait_until([&] {
            out.clear();
            for (const auto& mail : sink().received())
                if (mail.to == to) out.push_back(mail.content);
            return out.size() >= wanted;
        })) << to
            << " " << out.size() << text("select string_agg(error, '; ') from core.job_run where error is not null");
        EXPECT_EQ(out.size(), wanted) << to;
        return out;
    }
    static void settle() {
        EXPECT_TRUE(support::wait_until([] {
            return number("select count(*) from core.job_run where state in ('ready', 'leased') and job_id = 'calendar.invite'") == 0;
        }));
    }
    static std::string attached(const std::string& mail) {
        const auto part = mail.find("Content-Type: text/calendar");
        if (part == std::string::npos) return {};
        const auto from = mail.find("\r\n\r\n", part) + 4;
        std::istringstream encoded{mail.substr(from, mail.find("\r\n--", from) - from)};
        Poco::Base64Decoder decoder{encoded};
        return {std::istreambuf_iterator<char>{decoder}, {}};
    }
    static std::string reply(const std::string& from, const std::string& uid, const std::string& attendee, const std::string& partstat,
                             const std::string& more = {}) {
        static int next = 0;
        return "From: <" + from + ">\r\nTo: sav@guichet.example\r\nSubject: Re: Revue\r\nMessage-ID: <answer" + std::to_string(++next) +
               "@client.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; charset=utf-8; "
               "method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
               "PRODID:-//Test//FR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:" +
               uid + "\r\n" +
               (more.find("DTSTAMP") == std::string::npos
                    ? "DTSTAMP:" + text("select to_char(now() at time zone 'UTC', 'YYYYMMDD\"T\"HH24MISS\"Z\"')") + "\r\n"
                    : "") +
               more + "ATTENDEE;PARTSTAT=" + partstat + ":mailto:" + attendee + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }
    static std::string answer_of(const std::string& email) {
        return text("select answer from calendar.attendee where email = '" + email + "'");
    }
};

TEST_F(CalendarMail, WhoCannotBeInvitedIsNamed) {
    auto api = desk().api("alice");
    const auto refused = [&](const std::string& attendees) {
        return api.post(
            "/api/v1/calendar/events",
            R"({"title":"x","starts_at":"2026-03-23T09:00:00Z","ends_at":"2026-03-23T10:00:00Z","attendees":)" + attendees + "}");
    };
    for (const auto* wrong : {R"([{"email":"nobody"}])", R"([{"user_id":999999}])", R"([{"contact_id":999999}])", R"("bob")",
                              R"([{"email":"a@b.example\r\nBcc: x@y.example"}])"}) {
        const auto answer = refused(wrong);
        EXPECT_EQ(answer.status, 422) << wrong;
        EXPECT_NE(answer.error("attendees"), "") << wrong;
    }
    std::string many;
    for (int i = 0; i < 101; ++i) many += std::string{i ? "," : ""} + R"({"email":"p)" + std::to_string(i) + R"(@client.example"})";
    EXPECT_EQ(refused("[" + many + "]").status, 422);
}

TEST_F(CalendarMail, InvitationChangeAndCancellationHaveOneUidAndRisingSequences) {
    const auto event = invite(R"({"email":"claire@client.example","name":"Claire Petit"},{"user_id":)" + user("alice") + "}");
    const auto invitation = mails("claire@client.example", 1).front();
    EXPECT_EQ(mailbox_test::header_of(invitation, "Reply-To"), "sav@guichet.example");
    EXPECT_NE(invitation.find("method=REQUEST"), std::string::npos) << "RFC 6047, 2.4";
    const Ical request{attached(invitation)};
    EXPECT_EQ(request.method(), "REQUEST");
    ASSERT_EQ(request.events().size(), 1u);
    auto* first = request.event("Revue");
    const auto uid = event.text("uid");
    EXPECT_EQ(icalcomponent_get_uid(first), uid);
    EXPECT_EQ(icalcomponent_get_sequence(first), 0);
    EXPECT_STREQ(icalproperty_get_organizer(icalcomponent_get_first_property(first, ICAL_ORGANIZER_PROPERTY)),
                 "mailto:sav@guichet.example");
    EXPECT_EQ(icalcomponent_count_properties(first, ICAL_ATTENDEE_PROPERTY), 2);
    change(event, R"({"description":"Rien qui compte"})");
    settle();
    const auto moved = change(event, R"({"place":"Salle 3"})");
    const Ical update{attached(mails("claire@client.example", 2).back())};
    EXPECT_EQ(icalcomponent_get_uid(update.event("Revue")), uid);
    EXPECT_EQ(icalcomponent_get_sequence(update.event("Revue")), 1) << "another description tells nobody";
    auto api = desk().api("alice");
    EXPECT_EQ(api.del("/api/v1/calendar/events/" + id(event)).status, 204);
    const Ical cancel{attached(mails("claire@client.example", 3).back())};
    EXPECT_EQ(cancel.method(), "CANCEL");
    EXPECT_EQ(icalcomponent_get_uid(cancel.event("Revue")), uid);
    EXPECT_EQ(icalcomponent_get_sequence(cancel.event("Revue")), 2);
    EXPECT_EQ(icalcomponent_get_status(cancel.event("Revue")), ICAL_STATUS_CANCELLED);
    mails("alice@guichet.example", 0);
}

TEST_F(CalendarMail, WhoIsTakenOffIsToldAndWhoIsAddedIsInvited) {
    const auto event = invite(R"({"email":"un@client.example"})");
    mails("un@client.example", 1);
    change(event, R"({"attendees":[{"email":"deux@client.example"}]})");
    EXPECT_EQ(Ical{attached(mails("un@client.example", 2).back())}.method(), "CANCEL");
    EXPECT_EQ(Ical{attached(mails("deux@client.example", 1).back())}.method(), "REQUEST");
}

TEST_F(CalendarMail, EachIsWrittenToInHisLanguage) {
    invite(R"({"user_id":)" + user("bob") + "}");
    EXPECT_NE(mailbox_test::header_of(mails("bob@guichet.example", 1).front(), "Subject").find("Invitation"), std::string::npos);
    EXPECT_NE(text("select text_body from core.mail where to_address = 'bob@guichet.example' order by id desc limit 1").find("vous invite"),
              std::string::npos);
}

TEST_F(CalendarMail, AnAnswerByMailIsTakenInAndBecomesNoTicket) {
    const auto event = invite(R"({"email":"paul@client.example"})");
    mails("paul@client.example", 1);
    const auto before = tickets();
    const auto mail = receive(reply("Paul@Client.example", event.text("uid"), "PAUL@client.example", "ACCEPTED"));
    EXPECT_EQ(field(mail, "why"), "a calendar took it");
    EXPECT_EQ(answer_of("paul@client.example"), "accepted");
    receive(reply("paul@client.example", event.text("uid"), "paul@client.example", "DECLINED", "DTSTAMP:20200101T000000Z\r\n"));
    EXPECT_EQ(answer_of("paul@client.example"), "accepted") << "an older answer changes nothing";
    receive(reply("paul@client.example", event.text("uid"), "paul@client.example", "DECLINED"));
    EXPECT_EQ(answer_of("paul@client.example"), "declined");
    EXPECT_EQ(tickets(), before);
    auto browser = desk().browser();
    browser.cookies["lang"] = "en";
    browser.log_in("alice");
    EXPECT_TRUE(browser.get("/calendar/" + id(event)).contains("Declined"));
    change(event, R"({"starts_at":")" + day(4) + R"(T09:00:00Z"})");
    EXPECT_EQ(answer_of("paul@client.example"), "needs-action") << "it was said of another time";
}

TEST_F(CalendarMail, NobodyAnswersForOthers) {
    const auto event = invite(R"({"email":"anne@client.example"})");
    mails("anne@client.example", 1);
    const auto before = tickets();
    for (const auto& raw : {reply("eve@evil.example", event.text("uid"), "anne@client.example", "DECLINED"),
                            reply("eve@evil.example", event.text("uid"), "eve@evil.example", "ACCEPTED"),
                            reply("anne@client.example", "another-uid", "anne@client.example", "DECLINED"),
                            reply("anne@client.example", event.text("uid"), "anne@client.example", "DELEGATED")})
        receive(raw);
    EXPECT_EQ(answer_of("anne@client.example"), "needs-action");
    EXPECT_EQ(number("select count(*) from calendar.attendee where email like 'eve%'"), 0);
    EXPECT_EQ(tickets(), before + 4) << "what is not taken becomes a ticket";
}

TEST_F(CalendarMail, OneOccurrenceIsAnsweredByItself) {
    const auto event = invite(R"({"email":"lea@client.example"})", R"("rule":"FREQ=DAILY;COUNT=3","zone":"UTC")");
    mails("lea@client.example", 1);
    auto at = day(4);
    std::erase(at, '-');
    receive(reply("lea@client.example", event.text("uid"), "lea@client.example", "DECLINED", "RECURRENCE-ID:" + at + "T090000Z\r\n"));
    EXPECT_EQ(answer_of("lea@client.example"), "needs-action");
    EXPECT_EQ(text("select answer from calendar.occurrence_answer"), "declined");
}

TEST_F(CalendarMail, AChangedOccurrenceIsSentWithItsRecurrenceId) {
    const auto event = invite(R"({"email":"max@client.example"})", R"("rule":"FREQ=DAILY;COUNT=3","zone":"UTC")");
    mails("max@client.example", 1);
    auto api = desk().api("alice");
    EXPECT_EQ(api.patch("/api/v1/calendar/events/" + id(event) + "?at=" + day(4) + "T09:00:00Z", R"({"title":"Revue déplacée"})").status,
              200);
    const Ical update{attached(mails("max@client.example", 2).back())};
    EXPECT_NE(icalcomponent_get_first_property(update.event("Revue déplacée"), ICAL_RECURRENCEID_PROPERTY), nullptr);
    EXPECT_EQ(icalcomponent_get_uid(update.event("Revue déplacée")), event.text("uid"));
}

TEST_F(CalendarMail, WhoTakesPartIsInvitedToTheSecondPartOfASeriesThatIsCutInTwo) {
    const auto event = invite(R"({"email":"zoe@client.example"})", R"("rule":"FREQ=DAILY;COUNT=4","zone":"UTC")");
    mails("zoe@client.example", 1);
    auto api = desk().api("alice");
    const auto rest =
        api.patch("/api/v1/calendar/events/" + id(event) + "?scope=following&at=" + day(5) + "T09:00:00Z", R"({"title":"Suite"})");
    EXPECT_EQ(rest.status, 200) << rest.body;
    std::string uids;
    for (const auto& mail : mails("zoe@client.example", 3)) {
        const Ical calendar{attached(mail)};
        uids += icalcomponent_get_uid(calendar.events().front()) + std::string{" "};
    }
    EXPECT_NE(uids.find(rest.text("uid")), std::string::npos) << uids;
    EXPECT_NE(rest.text("uid"), event.text("uid"));
}

class Reminders : public CalendarMail {
protected:
    void SetUp() override {
        CalendarMail::SetUp();
        sql("delete from core.mail");
    }
    static std::string at(const std::string& from_now, const std::string& later = "0 minutes") {
        return text("select to_char((now() + interval '" + from_now + "' + interval '" + later +
                    "') at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");
    }
    static Answer event(const std::string& from_now, const std::string& more = R"("reminder_minutes":15)") {
        auto api = desk().api("alice");
        return make(api, "calendar/events",
                    R"({"title":"Rappel","zone":"UTC","starts_at":")" + at(from_now) + R"(","ends_at":")" + at(from_now, "30 minutes") +
                        "\"," + more + "}");
    }
    // A run of the job now, to its end.
    static void run_now() {
        settle();  // what an invitation is being written for is passed over until the next run
        run(desk(), "calendar.remind", "{}", "now");
        EXPECT_TRUE(support::wait_until([] {
            return number("select count(*) from core.job_run where job_id = 'calendar.remind' and state in ('ready', 'leased')") == 0;
        })) << text("select string_agg(error, '; ') from core.job_run where job_id = 'calendar.remind'");
        EXPECT_EQ(number("select count(*) from core.job_run where job_id = 'calendar.remind' and (state = 'dead' or attempt > 1)"), 0)
            << text("select string_agg(error, '; ') from core.job_run where job_id = 'calendar.remind'");
    }
    static std::string reminded() {
        return text(
            "select string_agg(split_part(to_address, '@', 1), ' ' order by to_address) from core.mail where template_id = "
            "'calendar.reminder'");
    }
};

TEST_F(Reminders, IsSentOnceToWhoTakesPartInHisLanguage) {
    event("10 minutes", R"("reminder_minutes":15,"attendees":[{"user_id":)" + user("bob") + R"(},{"email":"dehors@client.example"}])");
    run_now();
    EXPECT_EQ(reminded(), "alice bob") << "others have the reminders of their own calendars";
    EXPECT_NE(
        text("select subject from core.mail where template_id = 'calendar.reminder' and to_address like 'bob%'").find("Rappel\u00a0:"),
        std::string::npos);
    run_now();
    EXPECT_EQ(reminded(), "alice bob");
}

TEST_F(Reminders, IsNotSentBeforeItsTimeNorForWhatIsOver) {
    event("20 minutes");
    event("-2 hours");
    event("10 minutes", R"("reminder_minutes":null)");
    run_now();
    EXPECT_EQ(reminded(), "");
    EXPECT_EQ(number("select count(*) from calendar.event where remind_at is not null"), 1);
}

TEST_F(Reminders, AMovedEventTakesItsReminderAlongAndOtherChangesRemindNobodyAgain) {
    const auto made = event("20 minutes");
    change(made, R"({"starts_at":")" + at("5 minutes") + "\"}");
    run_now();
    EXPECT_EQ(reminded(), "alice");
    change(made, R"({"description":"Du nouveau"})");
    run_now();
    EXPECT_EQ(reminded(), "alice");
    change(made, R"({"starts_at":")" + at("8 minutes") + "\"}");
    run_now();
    EXPECT_EQ(reminded(), "alice alice") << "it is at another time";
}

TEST_F(Reminders, EachOccurrenceOfASeriesIsRemindedOf) {
    event("10 minutes", R"("reminder_minutes":15,"rule":"FREQ=DAILY;COUNT=3")");
    run_now();
    EXPECT_EQ(reminded(), "alice");
    EXPECT_EQ(
        number("select count(*) from calendar.event where remind_at between now() + interval '23 hours' and now() + interval '24 hours'"),
        1);
    sql("update calendar.event set remind_at = remind_at - interval '1 day', starts_at = starts_at - interval '1 day', "
        "ends_at = ends_at - interval '1 day', reminded_for = null");
    run_now();
    EXPECT_EQ(reminded(), "alice alice") << "the second";
}

TEST_F(Reminders, ADeclinedEventRemindsNobody) {
    event("10 minutes", R"("reminder_minutes":15,"attendees":[{"user_id":)" + user("bob") + "}]");
    sql("update calendar.attendee set answer = 'declined'");
    run_now();
    EXPECT_EQ(reminded(), "alice");
}

}  // namespace calendar_test
