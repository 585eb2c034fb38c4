// Imports: files that are refused, what is taken, duplicates, exceptions.
#include "calendar/calendar_desk.hpp"
#include "support/wait.hpp"

namespace calendar_test {

class Imports : public Calendar {
protected:
    static std::string file(const std::string& events) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//FR\r\n" + events + "END:VCALENDAR\r\n";
    }
    static std::string vevent(const std::string& uid, const std::string& more) {
        return "BEGIN:VEVENT\r\nUID:" + uid + "\r\nDTSTAMP:20260101T000000Z\r\n" + more + "END:VEVENT\r\n";
    }
    static Answer send(Browser& browser, const std::string& content) {
        browser.get("/calendar/imports");
        return browser.post_parts("/calendar/imports", {}, "file", "agenda.ics", content);
    }
    // The page of the import once it is done.
    static Answer import(Browser& browser, const std::string& content) {
        const auto sent = send(browser, content);
        EXPECT_EQ(sent.status, 303) << sent.body;
        EXPECT_TRUE(support::wait_until([] { return scalar("select count(*) from calendar.import where state = 'waiting'") == "0"; },
                                        std::chrono::seconds{120}))
            << scalar("select string_agg(error, '; ') from core.job_run where job_id = 'calendar.import'");
        return browser.get(sent.header("Location"));
    }
    static std::string counts() {
        return scalar("select added || ' ' || updated || ' ' || refused from calendar.import order by id desc limit 1");
    }
};

TEST_F(Imports, WhatIsNoCalendarOrTooMuchIsRefusedAndNothingIsKept) {
    auto browser = logged_in();
    const auto refused = [&](const std::string& content, const std::string& why) {
        const auto answer = send(browser, content);
        EXPECT_EQ(answer.status, 422) << why;
        EXPECT_TRUE(answer.contains(why)) << answer.body;
    };
    refused("", "Choose a file.");
    refused("%PDF-1.4 nothing to see", "This is not a calendar file (.ics).");
    refused(file(""), "There is no event in the file.");
    std::string many;
    for (int i = 0; i < 100'000; ++i) many += "BEGIN:VEVENT\nUID:" + std::to_string(i) + "\nDTSTART:20260101\nEND:VEVENT\n";
    refused(file(many.substr(0, 5'000'000)), "The file has more than 10000 events");
    refused(file(many + many.substr(0, 500'000)), "The file is larger than 5 MB.");
    EXPECT_EQ(scalar("select count(*) from calendar.import"), "0");
    EXPECT_EQ(scalar("select count(*) from core.file where plugin_id = 'calendar'"), "0");
    EXPECT_EQ(scalar("select count(*) from calendar.event"), "0");
}

TEST_F(Imports, EventsSeriesAndExceptionsAreTakenAndTheSameFileAgainUpdatesThem) {
    auto browser = logged_in();
    const auto text =
        file(vevent("serie",
                    "DTSTART;TZID=Europe/Paris:20260316T090000\r\nDTEND;TZID=Europe/Paris:20260316T100000\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\n"
                    "EXDATE;TZID=Europe/Paris:20260323T090000\r\nSUMMARY:Point d’équipe\r\nLOCATION:Lyon\r\n") +
             vevent("serie",
                    "RECURRENCE-ID;TZID=Europe/Paris:20260330T090000\r\nDTSTART;TZID=Europe/"
                    "Paris:20260330T140000\r\nDURATION:PT30M\r\nSUMMARY:Point déplacé\r\n") +
             vevent("outlook",
                    "DTSTART;TZID=Romance Standard Time:20260401T090000\r\nDTEND;TZID=Romance Standard "
                    "Time:20260401T093000\r\nSUMMARY:D’Outlook\r\nCLASS:PRIVATE\r\n") +
             vevent("jour", "DTSTART;VALUE=DATE:20260402\r\nSUMMARY:Congé\r\n") +
             vevent("annule", "DTSTART:20260403T090000Z\r\nSTATUS:CANCELLED\r\nSUMMARY:Annulé\r\n") +
             vevent("flottant", "DTSTART:20260404T090000\r\nDTEND:20260404T100000\r\nSUMMARY:Sans fuseau\r\n"));
    import(browser, text);
    EXPECT_EQ(counts(), "5 0 0");
    const auto all = [&] { return listed(between_days(alice(), "2026-03-01", "2026-05-01")); };
    const std::string expected =
        "Point d’équipe 2026-03-16T08:00:00Z, Point déplacé 2026-03-30T12:00:00Z, D’Outlook 2026-04-01T07:00:00Z, Congé "
        "2026-04-02T00:00:00Z, "
        "Sans fuseau 2026-04-04T07:00:00Z, Point d’équipe 2026-04-06T07:00:00Z";
    EXPECT_EQ(all(), expected);
    EXPECT_EQ(scalar("select zone || ' ' || private from calendar.event where uid = 'outlook'"), "Europe/Paris true");
    EXPECT_EQ(scalar("select ends_at - starts_at from calendar.event where uid = 'jour'"), "1 day");
    import(browser, text);
    EXPECT_EQ(counts(), "0 5 0");
    EXPECT_EQ(all(), expected);
    auto bobs = logged_in("bob");
    const auto others = import(bobs, text);
    EXPECT_EQ(counts(), "0 0 5") << "they are Alice's";
    EXPECT_TRUE(others.contains("It is an event of somebody else."));
    EXPECT_EQ(bobs.get("/calendar/imports/" + scalar("select min(id) from calendar.import")).status, 404) << "nor is her import his";
}

TEST_F(Imports, EachEventThatCannotBeTakenIsNamedAndTheOthersAre) {
    auto browser = logged_in();
    const auto page =
        import(browser, file(vevent("a", "DTSTART:20260401T090000Z\r\nDTEND:20260401T080000Z\r\nSUMMARY:À rebours\r\n") +
                             vevent("b", "DTSTART:20260401T090000Z\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:Chaque seconde\r\n") +
                             vevent("c", "SUMMARY:Sans début\r\n") + vevent("d", "DTSTART:18000101T090000Z\r\nSUMMARY:Historique\r\n") +
                             vevent("e", "RECURRENCE-ID:20260401T090000Z\r\nDTSTART:20260401T090000Z\r\nSUMMARY:Orpheline\r\n") +
                             vevent("f", "DTSTART:20260401T090000Z\r\nSUMMARY:" + std::string(5000, 'x') + "\r\n") +
                             "BEGIN:VEVENT\r\nDTSTART:20260401T090000Z\r\nSUMMARY:\xff\xfe sans UID\r\nEND:VEVENT\r\n"));
    EXPECT_EQ(counts(), "2 0 5");
    for (const auto* title : {"À rebours", "Chaque seconde", "Historique", "Orpheline"}) EXPECT_TRUE(page.contains(title)) << title;
    EXPECT_TRUE(page.contains("Its repetition cannot be followed."));
    EXPECT_EQ(scalar("select max(length(title)) from calendar.event"), "200");
}

TEST_F(Imports, ThousandsOfEventsAreTaken) {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += vevent("m" + std::to_string(i), "DTSTART:20260401T090000Z\r\nSUMMARY:Masse\r\n");
    auto browser = logged_in();
    import(browser, file(many));
    EXPECT_EQ(counts(), "1000 0 0");
    EXPECT_EQ(scalar("select count(*) from core.file where plugin_id = 'calendar'"), "0") << "the file is not kept";
}

}  // namespace calendar_test
