// Series: rules that are taken and refused, the clock over its changes, one occurrence, it and those that follow, all.
#include "calendar/calendar_desk.hpp"

#include <chrono>

namespace calendar_test {

class Series : public Calendar {
protected:
    static std::string rule(const std::string& text) { return "\"rule\":\"" + text + "\""; }
    static std::string days(const std::string& from = "2026-03-01", const std::string& to = "2026-05-01") {
        const auto answer = between_days(alice(), from, to);
        std::string out;
        for (std::size_t i = 0; i < items(answer).size(); ++i)
            out += (i ? " " : "") + std::string{items(answer).at(i)->get("starts_at")->as_string()}.substr(5, 8);
        return out;
    }
    // Four Mondays at 09:00 in Paris, over the change of the clocks on 29 March.
    static std::string mondays(const std::string& end = ";COUNT=4") {
        return id(make(
            alice(), "calendar/events",
            R"({"title":"Point","zone":"Europe/Paris","starts_at":"2026-03-16T09:00:00+01:00","ends_at":"2026-03-16T10:00:00+01:00",)" +
                rule("FREQ=WEEKLY;BYDAY=MO" + end) + "}"));
    }
    static std::string part(const std::string& event, const std::string& at, const std::string& scope) {
        return kEvents + "/" + event + "?at=" + at + "&scope=" + scope;
    }
};

TEST_F(Series, RulesThatCannotBeFollowedAreRefusedWithTheReason) {
    const auto problem = [&](const std::string& text) {
        const auto answer =
            alice().post(kEvents, R"({"title":"x","starts_at":"2026-03-16T09:00:00Z","ends_at":"2026-03-16T10:00:00Z",)" + rule(text) + "}",
                         {{"Accept-Language", "en"}});
        EXPECT_EQ(answer.status, 422) << text << answer.body;
        return answer.error("rule");
    };
    for (const auto* text : {"toutes les semaines", "FREQ=", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY\\r\\nSUMMARY:x"})
        EXPECT_TRUE(problem(text).find("RFC 5545") != std::string::npos) << text;
    for (const auto* text : {"FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=DAILY;BYMINUTE=0,1"})
        EXPECT_EQ(problem(text), "Un événement se répète au plus une fois par jour.") << text;
    EXPECT_NE(problem("FREQ=DAILY;COUNT=100000").find("3660"), std::string::npos);
    EXPECT_EQ(problem("FREQ=DAILY;UNTIL=20200101T000000Z"), "Le dernier jour précède l’événement.");
    EXPECT_EQ(problem("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "Cette règle ne donne aucune date.");
    EXPECT_EQ(problem("FREQ=DAILY;" + std::string(600, 'X')), "La règle dépasse 500 caractères.");
    EXPECT_EQ(scalar("select count(*) from calendar.event"), "0");
}

TEST_F(Series, NineOClockInParisStaysNineOClockOver29March2026) {
    const auto series = mondays();
    EXPECT_EQ(listed(between_days(alice(), "2026-03-01", "2026-05-01")),
              "Point 2026-03-16T08:00:00Z, Point 2026-03-23T08:00:00Z, Point 2026-03-30T07:00:00Z, Point 2026-04-06T07:00:00Z");
    auto browser = logged_in();
    for (const auto* date : {"2026-03-23", "2026-03-30"})
        EXPECT_TRUE(browser.get("/calendar?view=week&date=" + std::string{date}).contains("09:00–10:00")) << date;
    EXPECT_TRUE(browser.get("/calendar/" + series + "?at=20260330T070000Z").contains("Monday 30 March 2026, 09:00–10:00"));
}

TEST_F(Series, ATimeThatTheClocksSkipComesAfterIt) {
    auto browser = logged_in();
    browser.get("/calendar/new");
    const auto made = browser.post(
        "/calendar/new", {{"title", "Nuit"}, {"starts", "2026-03-29T02:30"}, {"ends", "2026-03-29T04:00"}, {"zone", "Europe/Paris"}});
    EXPECT_EQ(made.status, 303) << made.body;
    EXPECT_TRUE(browser.get(made.header("Location")).contains("03:30–04:00"));
}

TEST_F(Series, ASeriesWithoutEndIsFollowedThroughTheWindowOnly) {
    mondays("");
    event(alice(), "Chaque jour", "1990-01-01", rule("FREQ=DAILY"));
    EXPECT_EQ(scalar("select count(*) from calendar.event where busy_until = 'infinity'"), "2");
    EXPECT_EQ(items(between_days(alice(), "2046-03-01", "2046-04-01", "&limit=200")).size(), 35u) << "31 days and 4 Mondays";
    const auto page = logged_in().get("/calendar?view=month&date=2090-06-15");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("Chaque jour"));
}

TEST_F(Series, AWindowHasABound) {
    sql("insert into calendar.event (uid, title, starts_at, ends_at, zone, owner_id, rule, busy_until) select 'daily-' || i, 'n' || i, "
        "'2020-01-01 09:00Z', '2020-01-01 10:00Z', 'UTC', 1, 'FREQ=DAILY', 'infinity' from generate_series(1, 200) i");
    const auto page = logged_in().get("/calendar?view=month&date=2026-03-15");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.contains("There is more than can be shown"));
}

TEST_F(Series, RulesOfLibicalFromTheMiddleAreThoseFromTheStart) {
    // what is found far from the start must not depend on where libical began
    for (const auto* text :
         {"FREQ=DAILY;INTERVAL=7", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE", "FREQ=MONTHLY;INTERVAL=5;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=31",
          "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"}) {
        sql("delete from calendar.event");
        event(alice(), "x", "2026-03-16", rule(text));
        const auto counted = days("2028-01-01", "2028-12-31");
        sql("delete from calendar.event");
        event(alice(), "x", "2026-03-16", rule(std::string{text} + ";COUNT=3000"));
        EXPECT_EQ(days("2028-01-01", "2028-12-31"), counted) << text;
    }
}

TEST_F(Series, OneOccurrenceIsChangedMovedAndDeleted) {
    const auto series = mondays();
    const auto changed =
        alice().patch(part(series, "2026-03-23T08:00:00Z", "one"), R"({"title":"Point déplacé","starts_at":"2026-03-24T13:00:00Z"})");
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.integer("series_id"), std::stol(series));
    EXPECT_EQ(changed.text("recurs_at"), "2026-03-23T08:00:00Z");
    EXPECT_EQ(listed(between_days(alice(), "2026-03-01", "2026-05-01")),
              "Point 2026-03-16T08:00:00Z, Point déplacé 2026-03-24T13:00:00Z, Point 2026-03-30T07:00:00Z, Point 2026-04-06T07:00:00Z");
    EXPECT_EQ(alice().patch(part(series, "2026-03-23T08:00:00Z", "one"), R"({"title":"x"})").status, 404)
        << "it is an event of its own now";
    EXPECT_EQ(alice().patch(part(series, "2026-03-25T08:00:00Z", "one"), R"({"title":"x"})").status, 404) << "no Monday";
    EXPECT_EQ(alice().del(part(series, "2026-03-30T07:00:00Z", "one")).status, 204);
    EXPECT_EQ(days(), "03-16T08 03-24T13 04-06T07");
    EXPECT_EQ(alice().del(part(id(changed), "2026-03-23T08:00:00Z", "one")).status, 204);
    EXPECT_EQ(days(), "03-16T08 04-06T07") << "what differed is gone, the Monday does not come back";
}

TEST_F(Series, ThisAndTheFollowingBecomeASeriesOfTheirOwn) {
    const auto series = mondays();
    alice().patch(part(series, "2026-04-06T07:00:00Z", "one"), R"({"title":"Exception"})");
    const auto rest =
        alice().patch(part(series, "2026-03-30T07:00:00Z", "following"), R"({"title":"Après","starts_at":"2026-03-30T12:00:00Z"})");
    EXPECT_EQ(rest.status, 200) << rest.body;
    EXPECT_EQ(rest.text("rule"), "FREQ=WEEKLY;COUNT=2;BYDAY=MO");
    EXPECT_EQ(listed(between_days(alice(), "2026-03-01", "2026-05-01")),
              "Point 2026-03-16T08:00:00Z, Point 2026-03-23T08:00:00Z, Après 2026-03-30T12:00:00Z, Exception 2026-04-06T07:00:00Z");
    EXPECT_EQ(scalar("select series_id from calendar.event where title = 'Exception'"), id(rest));
    EXPECT_EQ(alice().del(part(id(rest), "2026-04-06T12:00:00Z", "following")).status, 404) << "the exception stands there";
    EXPECT_EQ(alice().del(part(series, "2026-03-23T08:00:00Z", "following")).status, 204);
    EXPECT_EQ(days(), "03-16T08 03-30T12 04-06T07");
}

TEST_F(Series, TheFormOfTheFollowingCountsThoseThatAreLeft) {
    const auto series = mondays();
    auto browser = logged_in();
    const auto form = browser.get("/calendar/" + series + "/edit?at=20260330T070000Z&scope=following");
    EXPECT_TRUE(form.contains("name=\"count\" type=\"number\" value=\"2\"")) << form.body;
    const auto saved = browser.post("/calendar/" + series + "/edit", {{"title", "Suite"},
                                                                      {"starts", "2026-03-30T09:00"},
                                                                      {"ends", "2026-03-30T10:00"},
                                                                      {"zone", "Europe/Paris"},
                                                                      {"version", "1"},
                                                                      {"at", "20260330T070000Z"},
                                                                      {"scope", "following"},
                                                                      {"repeat", "weekly"},
                                                                      {"interval", "1"},
                                                                      {"weekday", "MO"},
                                                                      {"count", "2"}});
    EXPECT_EQ(saved.status, 303) << saved.body;
    EXPECT_EQ(listed(between_days(alice(), "2026-03-01", "2026-05-01")),
              "Point 2026-03-16T08:00:00Z, Point 2026-03-23T08:00:00Z, Suite 2026-03-30T07:00:00Z, Suite 2026-04-06T07:00:00Z");
}

TEST_F(Series, AllOfASeriesMovesWithItsExceptions) {
    const auto series = mondays();
    alice().patch(part(series, "2026-03-23T08:00:00Z", "one"), R"({"title":"Exception","starts_at":"2026-03-25T08:00:00Z"})");
    alice().del(part(series, "2026-03-30T07:00:00Z", "one"));
    auto browser = logged_in();
    const auto form = browser.get("/calendar/" + series + "/move?at=20260406T070000Z");
    const auto version = between(form.body, "name=\"version\" value=\"", "\"");
    const auto moved = browser.post("/calendar/" + series + "/move",
                                    {{"at", "20260406T070000Z"}, {"version", version}, {"scope", "all"}, {"starts", "2026-04-07T11:00"}});
    EXPECT_EQ(moved.status, 303) << moved.body;
    EXPECT_EQ(days(), "03-17T10 03-25T08 04-07T09") << "Tuesdays at 11:00; the exception stays where it was put";
    EXPECT_EQ(scalar("select rule from calendar.event where series_id is null"), "FREQ=WEEKLY;BYDAY=TU;COUNT=4");
    EXPECT_EQ(scalar("select recurs_at at time zone 'UTC' from calendar.event where series_id is not null"), "2026-03-24 10:00:00");
    EXPECT_EQ(alice().del(kEvents + "/" + series).status, 204);
    EXPECT_EQ(scalar("select count(*) from calendar.event"), "0");
}

TEST_F(Series, TheFormRepeatsAndSaysSo) {
    auto browser = logged_in();
    browser.get("/calendar/new");
    const auto post = [&](std::vector<std::pair<std::string, std::string>> more) {
        std::vector<std::pair<std::string, std::string>> fields{
            {"title", "Formation"}, {"starts", "2026-03-16T09:00"}, {"ends", "2026-03-16T10:00"}, {"zone", "Europe/Paris"}};
        fields.insert(fields.end(), more.begin(), more.end());
        return browser.post_pairs("/calendar/new", fields);
    };
    const auto both = post({{"repeat", "weekly"}, {"interval", "2"}, {"count", "3"}, {"until", "2026-05-01"}});
    EXPECT_EQ(both.status, 422);
    EXPECT_TRUE(both.contains("e-until"));
    EXPECT_TRUE(post({{"repeat", "daily"}, {"interval", "0"}}).contains("e-interval"));
    EXPECT_TRUE(post({{"repeat", "rule"}, {"rule", "FREQ=HOURLY"}}).contains("An event is repeated once a day at most."));
    const auto made = post({{"repeat", "weekly"}, {"interval", "2"}, {"weekday", "MO"}, {"weekday", "WE"}, {"until", "2026-04-15"}});
    EXPECT_EQ(made.status, 303) << made.body;
    EXPECT_EQ(scalar("select rule from calendar.event"), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20260415T215959Z");
    EXPECT_EQ(days(), "03-16T08 03-18T08 03-30T07 04-01T07 04-13T07 04-15T07");
    EXPECT_TRUE(browser.get(made.header("Location")).contains("Every 2 weeks on Monday and Wednesday, until Wednesday 15 April 2026"));
    const auto edit = browser.get(made.header("Location") + "/edit?scope=all");
    EXPECT_TRUE(edit.contains("<option value=\"weekly\" selected>"));
    EXPECT_TRUE(edit.contains("value=\"2026-04-15\""));
    EXPECT_FALSE(browser.get(made.header("Location") + "/edit?at=20260330T070000Z&scope=one").contains("f-repeat"))
        << "one is not repeated";
}

TEST_F(Series, WhoSavesTooLateIsToldAndLosesNothing) {
    const auto made = event(alice(), "Ensemble");
    auto browser = logged_in(), late = logged_in("bob");
    browser.get("/calendar/" + id(made) + "/edit");
    late.get("/calendar/" + id(made) + "/edit");
    Fields fields{{"title", "Première"}, {"starts", "2026-03-23T10:00"}, {"ends", "2026-03-23T11:00"}, {"zone", "Europe/Paris"},
                  {"version", "1"},      {"at", "20260323T090000Z"}};
    EXPECT_EQ(browser.post("/calendar/" + id(made) + "/edit", fields).status, 303);
    fields["title"] = "Seconde";
    const auto conflict = late.post("/calendar/" + id(made) + "/edit", fields);
    EXPECT_EQ(conflict.status, 409);
    EXPECT_TRUE(conflict.contains("Somebody else has changed this event in the meantime."));
    EXPECT_TRUE(conflict.contains("value=\"Seconde\"")) << "what was typed is still there";
    EXPECT_EQ(scalar("select title from calendar.event"), "Première");
    const auto moved =
        late.post("/calendar/" + id(made) + "/move", {{"version", "1"}, {"at", "20260323T090000Z"}, {"day", "2026-03-24"}, {"hour", "14"}});
    EXPECT_EQ(moved.status, 409);
    EXPECT_EQ(
        late.post("/calendar/" + id(made) + "/move", {{"version", "2"}, {"at", "20260323T090000Z"}, {"day", "2026-03-24"}, {"hour", "14"}})
            .status,
        303);
    EXPECT_EQ(scalar("select starts_at at time zone 'UTC' from calendar.event"), "2026-03-24 13:00:00");
}

}  // namespace calendar_test
