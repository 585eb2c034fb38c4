// Private feeds: who reads what, what calendar programs read, revoked and unknown tokens.
#include "calendar/calendar_desk.hpp"
#include "calendar/ical.hpp"

namespace calendar_test {

class Feeds : public Calendar {
protected:
    void SetUp() override {
        Calendar::SetUp();
        sql("delete from calendar.feed");
    }
    // Its path.
    static std::string make_feed(Browser& browser, const std::string& team = {}) {
        browser.get("/calendar/feeds");
        const auto page = browser.post("/calendar/feeds", {{"team", team}});
        EXPECT_EQ(page.status, 200) << page.body;
        const auto address = between(page.body, "id=\"f-address\" value=\"", "\"");
        return address.substr(address.find("/calendar/feed/"));
    }
    // As a calendar program: no cookie, no key.
    static Answer read(const std::string& path, const web_test::Headers& headers = {}) {
        return web_test::Client{desk().port()}.send("GET", path, headers);
    }
    static std::string soon(int days) {
        return scalar("select to_char(now() at time zone 'UTC' + interval '" + std::to_string(days) + " days', 'YYYY-MM-DD')");
    }
    static std::string team() { return scalar("select id from core.team where name = 'Nord'"); }
};

TEST_F(Feeds, TheTokenIsUnguessableShownOnceAndStoredAsAHash) {
    auto browser = logged_in();
    const auto path = make_feed(browser);
    const auto token = between(path, "/calendar/feed/", ".ics");
    EXPECT_EQ(token.size(), 64u) << "244 random bits";
    EXPECT_NE(make_feed(browser), path);
    EXPECT_FALSE(browser.get("/calendar/feeds").contains(token));
    EXPECT_EQ(scalar("select count(*) from calendar.feed where token_hash = encode(sha256('" + token + "'), 'hex')"), "1");
    EXPECT_EQ(scalar("select count(*) from calendar.feed f where f::text like '%" + token + "%'"), "0");
}

TEST_F(Feeds, LibicalReadsItAndTheZoneItBrings) {
    auto browser = logged_in();
    const auto path = make_feed(browser);
    make(
        alice(), "calendar/events",
        R"({"title":"Point hebdomadaire, salle « Été »","zone":"Europe/Paris","starts_at":"2026-03-16T09:00:00+01:00","ends_at":"2026-03-16T10:00:00+01:00",
             "rule":"FREQ=WEEKLY;BYDAY=MO","place":"Lyon; bât. B","description":"Ligne 1\nLigne 2"})");
    event(alice(), "À New York", soon(3), R"("zone":"America/New_York")");
    make(alice(), "calendar/events",
         R"({"title":"Salon","whole_day":true,"starts_at":")" + soon(5) + R"(T00:00:00Z","ends_at":")" + soon(7) + R"(T00:00:00Z"})");
    const auto series = scalar("select id from calendar.event where rule is not null");
    alice().patch(kEvents + "/" + series + "?at=2026-03-30T07:00:00Z", R"({"title":"Exception"})");
    alice().del(kEvents + "/" + series + "?at=2026-04-06T07:00:00Z");
    const auto answer = read(path);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_TRUE(answer.header("Content-Type").starts_with("text/calendar"));
    const Ical feed{answer.body};
    EXPECT_EQ(feed.zones(), 2) << "Paris and New York";
    auto* weekly = feed.event("Point hebdomadaire, salle « Été »");
    EXPECT_STREQ(icalcomponent_get_location(weekly), "Lyon; bât. B");
    EXPECT_STREQ(icalcomponent_get_description(weekly), "Ligne 1\nLigne 2");
    EXPECT_EQ(feed.start_utc(weekly), "20260316T080000Z");
    EXPECT_NE(icalcomponent_get_first_property(weekly, ICAL_RRULE_PROPERTY), nullptr);
    EXPECT_NE(icalcomponent_get_first_property(weekly, ICAL_EXDATE_PROPERTY), nullptr);
    auto* exception = feed.event("Exception");
    EXPECT_STREQ(icalcomponent_get_uid(exception), icalcomponent_get_uid(weekly));
    EXPECT_EQ(feed.start_utc(exception), "20260330T070000Z") << "after the clocks have changed";
    EXPECT_NE(icalcomponent_get_first_property(exception, ICAL_RECURRENCEID_PROPERTY), nullptr);
    auto days = soon(5);
    std::erase(days, '-');
    EXPECT_EQ(feed.start_utc(feed.event("Salon")), days);
}

TEST_F(Feeds, NoPrivateTitleIsInATeamsFeed) {
    event(alice(), "Chez le médecin", soon(2), R"("private":true,"place":"Cabinet","description":"Secret médical")");
    event(alice(), "Réunion d’équipe", soon(2));
    auto carol = desk().api("carol");
    event(carol, "D’une autre équipe", soon(2));
    auto browser = logged_in(), bobs = logged_in("bob");
    for (auto* reader : {&browser, &bobs}) {
        const auto answer = read(make_feed(*reader, team()));
        const Ical feed{answer.body};
        EXPECT_EQ(feed.events().size(), 2u) << answer.body;
        for (const auto* secret : {"decin", "Cabinet", "Secret"}) EXPECT_FALSE(answer.contains(secret)) << secret;
        feed.event("Réunion d’équipe");
    }
    const auto own = read(make_feed(browser));
    EXPECT_TRUE(own.contains("Chez le m")) << "in one's own it is";
    EXPECT_EQ(Ical{read(make_feed(bobs)).body}.events().size(), 0u);
}

TEST_F(Feeds, WhatIsKnownIsNotSentAgain) {
    auto browser = logged_in();
    const auto path = make_feed(browser);
    const auto made = event(alice(), "a", soon(1));
    const auto first = read(path);
    const auto tag = first.header("ETag");
    EXPECT_FALSE(tag.empty());
    const auto again = read(path, {{"If-None-Match", tag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_TRUE(again.body.empty());
    EXPECT_EQ(alice().del(kEvents + "/" + id(made)).status, 204);
    EXPECT_EQ(read(path, {{"If-None-Match", tag}}).status, 200);
}

TEST_F(Feeds, OldEventsAreLeftOut) {
    auto browser = logged_in();
    const auto path = make_feed(browser);
    event(alice(), "Ancien", soon(-200));
    event(alice(), "Récent", soon(-20));
    event(alice(), "Lointain", soon(900));
    const Ical feed{read(path).body};
    ASSERT_EQ(feed.events().size(), 1u);
    feed.event("Récent");
}

TEST_F(Feeds, ARevokedUnknownOrOrphanedFeedIsNotFound) {
    auto browser = logged_in();
    const auto path = make_feed(browser), of_team = make_feed(browser, team());
    EXPECT_EQ(read(path).status, 200);
    for (const auto* wrong :
         {"/calendar/feed/x.ics", "/calendar/feed/0000000000000000000000000000000000000000000000000000000000000000.ics"})
        EXPECT_EQ(read(wrong).status, 404) << wrong;
    const auto feed = scalar("select min(id) from calendar.feed");
    auto bobs = logged_in("bob");
    bobs.get("/calendar/feeds");
    EXPECT_EQ(bobs.post("/calendar/feeds/" + feed + "/delete", {}).status, 404) << "of somebody else";
    browser.get("/calendar/feeds");
    EXPECT_EQ(browser.post("/calendar/feeds/" + feed + "/delete", {}).status, 303);
    EXPECT_EQ(read(path).status, 404);
    desk().set_level("agent", "calendar.event.read", 1);
    EXPECT_EQ(read(of_team).status, 404) << "he may read his own only";
    desk().set_level("agent", "calendar.event.read", 3);
    EXPECT_EQ(read(of_team).status, 200);
    sql("update core.app_user set active = false where login = 'alice'");
    EXPECT_EQ(read(of_team).status, 404);
    sql("update core.app_user set active = true where login = 'alice'");
    EXPECT_EQ(browser.post("/calendar/feeds", {{"team", "999999"}}).status, 422);
}

}  // namespace calendar_test
